"""Contacts: people of an institution who have no account."""

import django_filters
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from api.door.filters import VisibleFilter
from api.door.resource import Resource
from people.models import Contact, Institution


class ContactSerializer(serializers.ModelSerializer[Contact]):
    email = serializers.CharField(read_only=True, help_text="May be empty.")

    class Meta:
        model = Contact
        fields = ("id", "institution", "name", "function", "phone", "email", "channel")
        read_only_fields = fields


class ContactFilter(django_filters.FilterSet):
    institution = VisibleFilter(queryset=Institution.objects.all())


class ContactResource(ListModelMixin, RetrieveModelMixin, Resource):
    """People of an institution who have no account; those who have left are not listed."""

    queryset = Contact.objects.filter(left_on__isnull=True)
    serializer_class = ContactSerializer
    filterset_class = ContactFilter
