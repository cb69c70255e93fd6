"""What a reader may do with an assignment, and which they may see. Rights are always today's (1.29).

Each `may_…` answers None, or why not. They ask after the agency; who may not confirm a claim although their
role would let them is checked with the claim, in `actions.reviewing`.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.models import Agency, Closure
from thuocdo.assignments import offices
from thuocdo.assignments.enums import DemandKind
from thuocdo.assignments.models import Assignment, CapacityChange, Coordinator, Demand, Hold
from thuocdo.assignments.wording import hands
from thuocdo.directives.models import Directive
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say


def visible(reader: Reader) -> Q:
    """A condition on assignments: of public directives, and those that concern the reader's scope."""
    public = Q(directive__in=Directive.objects.public().values("pk"), given_on__isnull=False)
    return concerning(reader) | public


def concerning(reader: Reader) -> Q:
    """A condition on assignments: those in which an agency of the reader's scope has a part.

    It concerns whoever gave it, leads, coordinates, monitors or confirms it, now or once; an agency also
    sees what stands directly above its own part. Drafts are seen by the side that prepares them.
    """
    if reader.reads_all:
        return Q(pk__isnull=False)
    own = reader.own
    if not own:
        return Q(pk__in=())
    handed = Exists(CapacityChange.objects.filter(assignment=OuterRef("pk"), agency__in=own))
    helps = Exists(Coordinator.objects.filter(assignment=OuterRef("pk"), agency__in=own))
    above = Exists(Assignment.objects.given().filter(parent=OuterRef("pk"), lead__in=own))
    concerned = Q(lead__in=own) | Q(monitoring__in=own) | Q(handed) | Q(helps) | Q(above)
    return Q(assigner__in=own) | Q(confirming__in=own) | (concerned & Q(given_on__isnull=False))


def may_see(reader: Reader, assignment: Assignment) -> Say | None:
    """Whether the assignment exists for this reader. One statement."""
    if Assignment.objects.filter(visible(reader), pk=assignment.pk).exists():
        return None
    return say("There is no such assignment.")


def may_report(reader: Reader, assignment: Assignment) -> Say | None:
    """Reports, claims, requests, holds, difficulties, resources: the focal point of today's lead."""
    if reader.may_for(Permission.REPORT, hands(assignment).lead_id):
        return None
    return say("Only the agency that leads the assignment reports on it.")


def may_split(reader: Reader, assignment: Assignment) -> Say | None:
    """Handing parts to agencies below: the registrar of today's lead."""
    if reader.may_for(Permission.ASSIGN, hands(assignment).lead_id):
        return None
    return say("Only the agency that leads the assignment splits it.")


def may_review(reader: Reader, assignment: Assignment, today: date) -> Say | None:
    """Accepting or returning claims: a reviewer of the confirming agency, or of one that carries it on."""
    if offices.holds(reader, Permission.REVIEW, hands(assignment, AsOf(today)).confirming_id, today):
        return None
    return say("Only the confirming agency reviews claims.")


def may_answer_hold(reader: Reader, hold: Hold, today: date) -> Say | None:
    """Accepting or disputing a hold: the focal point of who is waited for, or of who carries it on."""
    if offices.holds(reader, Permission.REPORT, hold.agency_id, today):
        return None
    return say("Only the agency that is waited for answers.")


def may_record_outage(reader: Reader, agency: Agency) -> Say | None:
    """That there is no signal: who reports for the agency from elsewhere, or for a body above it."""
    if reader.may_for(Permission.REPORT, agency.pk):
        return None
    return say("Only the agency itself, from elsewhere, or a body above it records this.")


def senders(
    reader: Reader, kind: DemandKind, agency: Agency, assignment: Assignment | None, today: date
) -> frozenset[int]:
    """For which agencies the reader may write so to this one: none, if they may not.

    A leader instructs, urges and asks for explanation in the bodies below; an inspector, and the agency that
    monitors the duty, urge and ask for explanation.
    """
    leading = (reader.agencies & reader.reach.get(Permission.INSTRUCT, frozenset())) - {agency.pk}
    if leading and reader.may_for(Permission.INSTRUCT, agency.pk):
        above = Closure.objects.standing(AsOf(today)).filter(descendant=agency, ancestor__in=leading)
        found = frozenset(above.values_list("ancestor_id", flat=True))
        if found:
            return found
    overseeing = (reader.agencies & reader.reach.get(Permission.OVERSEE, frozenset())) - {agency.pk}
    if kind is DemandKind.INSTRUCT:
        return frozenset()
    if reader.reads_all or assignment is None:
        return overseeing if reader.reads_all else frozenset()
    return overseeing & offices.heirs(hands(assignment, AsOf(today)).monitoring_id, today)


def may_demand(reader: Reader, agency: Agency, assignment: Assignment | None, today: date) -> Say | None:
    """Writing to the agency at all; which kinds, by `senders`."""
    if senders(reader, DemandKind.URGE, agency, assignment, today):
        return None
    return say("Only leaders above, inspectors and the monitoring agency write this.")


def may_take_back(reader: Reader, demand: Demand, today: date) -> Say | None:
    """Taking a demand back: who may write so today for the agency that wrote it, or for its heir."""
    allowed = senders(reader, DemandKind(demand.kind), demand.agency, demand.assignment, today)
    if allowed & offices.heirs(demand.sender_id, today):
        return None
    return say("Only the side that wrote it takes it back.")


def may_see_demand(reader: Reader, demand: Demand) -> Say | None:
    """Both sides see a demand with its answers, and who reads everything."""
    if reader.reads_all or {demand.agency_id, demand.sender_id} & reader.own:
        return None
    return say("There is no such demand.")


def may_answer(reader: Reader, demand: Demand, today: date) -> Say | None:
    """Answering: the focal point of the agency that was asked, or of one that carries it on."""
    if offices.holds(reader, Permission.REPORT, demand.agency_id, today):
        return None
    return say("Only the agency that was asked answers.")


def may_decide(reader: Reader, assignment: Assignment, today: date) -> Say | None:
    """Deciding on requests, pausing, withdrawing, giving anew: the assigner."""
    if _acts_for_assigner(reader, Permission.DECIDE, assignment, today):
        return None
    return say("Only the side that assigned it decides.")


def may_assign(reader: Reader, assignment: Assignment, today: date) -> Say | None:
    """Amending a draft, giving it, fanning it out: the assigner."""
    if _acts_for_assigner(reader, Permission.ASSIGN, assignment, today):
        return None
    return say("Only the side that assigns it gives it.")


def may_give_for(reader: Reader, assigner: Agency, today: date) -> Say | None:
    """Giving in the name of an agency: its side; of one that works outside, whoever registers its texts."""
    return may_assign(reader, Assignment(assigner=assigner), today) if assigner.inside else None


def may_enter_number(reader: Reader, assignment: Assignment, today: date) -> Say | None:
    """The numbers of other systems: either side, whoever types there."""
    either = may_report(reader, assignment) is None or may_assign(reader, assignment, today) is None
    return None if either else say("Only the two sides of the assignment enter its numbers.")


def _acts_for_assigner(reader: Reader, permission: Permission, assignment: Assignment, today: date) -> bool:
    """The assigner or its office; the focal office of an assigner that works outside the installation."""
    assigner = offices.assigner(assignment, AsOf(today))
    if not assigner.inside:
        return offices.holds(reader, permission, hands(assignment, AsOf(today)).confirming_id, today)
    if offices.holds(reader, permission, assigner.pk, today):
        return True
    office = agency_queries.office_of(offices.answering(assigner, today), AsOf(today))
    return office is not None and reader.may_for(permission, office.pk)
