"""An idempotency key gives the first final answer again, and nothing that is not final leaves a trace."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from leihwerk.errors import DomainError
from people import once
from people.errors import KeyReused, TryAgain
from people.models import Center, OnceKey
from people.once import Answer, Key, PlanMoved, answered, fingerprint, run

pytestmark = pytest.mark.django_db

KEY = Key(caller="user:1", value="a-key", fingerprint="the-question")


def founding(slug: str, **answer: Any):
    """A door's answer that founds a centre, and says how."""

    def act() -> Answer:
        Center.objects.create(slug=slug, name=slug)
        told: dict[str, Any] = {"status": 201, "body": slug.encode()}
        return Answer(**(told | answer))

    return act


def test_the_same_key_gets_the_very_same_bytes_and_nothing_happens_twice():
    first = answered(KEY, founding("eins", body=b'{"id": 1}', headers={"Location": "/1"}))

    second = answered(KEY, founding("zwei"))

    assert second == first
    assert Center.objects.count() == 1


def test_without_the_key_it_happens_twice():
    answered(KEY, founding("eins"))
    answered(Key("user:1", "another-key", "the-question"), founding("zwei"))

    assert Center.objects.count() == 2


def test_a_key_is_bound_to_its_caller():
    answered(KEY, founding("eins"))

    answer = answered(Key("user:2", KEY.value, KEY.fingerprint), founding("zwei"))

    assert answer.body == b"zwei"


def test_a_key_answers_one_question_only():
    answered(KEY, founding("eins"))

    with pytest.raises(KeyReused):
        answered(Key(KEY.caller, KEY.value, "another-question"), founding("zwei"))

    assert not Center.objects.filter(slug="zwei").exists()


def test_a_final_refusal_is_replayed_too():
    answered(KEY, lambda: Answer(409, b"not_available"))

    assert answered(KEY, founding("eins")).body == b"not_available"


@pytest.mark.parametrize(
    "answer",
    [{"status": status} for status in (400, 401, 403, 404, 429, 500, 503)] + [{"status": 409, "is_transient": True}],
)
def test_an_answer_that_is_not_final_leaves_nothing_behind(answer):
    assert answered(KEY, founding("eins", **answer)).status == answer["status"]
    assert not Center.objects.exists()
    assert not OnceKey.objects.exists()

    assert answered(KEY, founding("eins")).status == 201


def test_an_error_rolls_everything_back_and_the_key_is_free_again():
    def act() -> Answer:
        founding("eins")()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answered(KEY, act)

    assert not Center.objects.exists()
    assert answered(KEY, founding("eins")).status == 201


def test_a_key_is_forgotten_after_seven_days():
    answered(KEY, founding("eins"))
    assert once.forget_old(now=timezone.now() + timedelta(days=6, hours=23)) == 0

    assert once.forget_old(now=timezone.now() + timedelta(days=7, hours=1)) == 1


def test_the_fingerprint_tells_questions_apart_but_not_the_order_of_their_fields():
    asked = fingerprint("POST", "/api/v1/loans/1/renew/", {"until": "2026-12-01", "by": 7})

    assert asked == fingerprint("POST", "/api/v1/loans/1/renew/", {"by": 7, "until": "2026-12-01"})
    assert asked != fingerprint("POST", "/api/v1/loans/1/renew/", {"by": 7, "until": "2026-12-02"})
    assert asked != fingerprint("POST", "/api/v1/loans/2/renew/", {"by": 7, "until": "2026-12-01"})


def test_a_moved_plan_starts_the_transaction_again():
    attempts: list[Any] = []

    def act() -> int:
        attempts.append(Center.objects.create(slug="eins", name="Eins"))
        if len(attempts) < 3:
            raise PlanMoved
        return len(attempts)

    assert run(act) == 3
    assert Center.objects.count() == 1


def test_after_three_moved_plans_the_person_is_asked_to_try_again():
    attempts: list[Any] = []

    def act() -> None:
        attempts.append(1)
        raise PlanMoved

    with pytest.raises(TryAgain):
        run(act)
    assert len(attempts) == 3


def test_a_refusal_is_not_tried_again():
    attempts: list[Any] = []

    def act() -> None:
        attempts.append(1)
        raise DomainError

    with pytest.raises(DomainError):
        run(act)
    assert len(attempts) == 1


@pytest.mark.parametrize(("state", "attempts"), [("40001", 3), ("40P01", 3), ("55P03", 1), ("23P01", 1)])
def test_what_the_database_takes_back_becomes_try_again(state, attempts):
    tried: list[Any] = []

    def act() -> None:
        tried.append(1)
        raise_in_database(state)

    with pytest.raises(TryAgain):
        run(act)
    assert len(tried) == attempts


def test_other_errors_of_the_database_are_errors():
    with pytest.raises(DatabaseError):
        run(lambda: raise_in_database("22012"))


def test_a_deferred_wall_speaks_before_the_act_counts_as_done(anna):
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_membership SET activated_by_id = 0 WHERE user_id = %s", [anna.pk])

    with pytest.raises(IntegrityError):
        run(act)


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_it_refuses_to_run():
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        run(founding("eins"))


def raise_in_database(state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'as the database would' USING ERRCODE = '{state}'; END $$")
