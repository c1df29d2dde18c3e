"""Who acts for a school or a centre: waiting, invited, given a role, gone."""

from django.urls import path

from frontend.views.members.deciding import accept, decline, waiting
from frontend.views.members.inviting import invite_to_school
from frontend.views.members.joining import join
from frontend.views.members.leaving import say_goodbye
from frontend.views.members.operating import center_new, managers
from frontend.views.members.team import invite_to_team, team

urlpatterns = [
    path("freischalten/", waiting, name="members_waiting"),
    path("personen/<int:pk>/freischalten/", accept, name="member_activate"),
    path("personen/<int:pk>/ablehnen/", decline, name="member_reject"),
    path("personen/<int:pk>/ausgeschieden/", say_goodbye, name="member_leave"),
    path("einrichtungen/<int:pk>/einladen/", invite_to_school, name="member_invite"),
    path("schule-waehlen/", join, name="join"),
    path("team/", team, name="team"),
    path("team/einladen/", invite_to_team, name="team_invite"),
    path("betrieb/medienzentren/neu/", center_new, name="center_new"),
    path("betrieb/medienzentren/<int:pk>/", managers, name="center_managers"),
]
