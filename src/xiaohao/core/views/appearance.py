"""The stylesheet whose colours an organ sets itself."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.i18n import set_language as django_set_language

from xiaohao.core.access import SEE_APPEARANCE, requires
from xiaohao.core.dated_settings import DEFAULT_COLOURS, value

set_language = requires(SEE_APPEARANCE)(django_set_language)


@requires(SEE_APPEARANCE)
@cache_control(private=True, max_age=300)
def appearance(request: HttpRequest) -> HttpResponse:
    """Give the colours of the lights as CSS: text, fill of bars, and the custom property."""
    colours = DEFAULT_COLOURS
    if request.user.is_authenticated:
        colours = value(request.user.organ, "lights.colours", timezone.localdate())
    rules = [f".light-{name} {{ color: {colour}; fill: {colour}; }}" for name, colour in colours.items()]
    return HttpResponse("\n".join(rules), content_type="text/css")
