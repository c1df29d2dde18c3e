"""The most particular rule decides; without a product the centre's default holds."""

from lending.models import Policy
from lending.policies import terms, usual_terms


def test_product_before_category_before_centre(center, north, case, cases):
    Policy.objects.create(center=center, loan_days=20, lead_days=3)
    Policy.objects.create(center=center, category=case.category, loan_days=10)
    Policy.objects.create(center=center, product=case, loan_days=5)

    assert [terms(product, north).loan_days for product in (case, cases)] == [5, 10]
    assert terms(case, north).lead_days == 3


def test_without_a_product_no_rule_of_a_product_holds(center, north, case):
    Policy.objects.create(center=center, loan_days=20)
    Policy.objects.create(center=center, product=case, loan_days=5)

    assert usual_terms(north).loan_days == 20
