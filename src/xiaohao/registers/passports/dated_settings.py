"""Days around documents for private travel."""

from django.utils.translation import gettext_lazy as _

from xiaohao.core.dated_settings import LONG_AGO, Shipped, declare

SCHOOL = "某高校因私出国（境）证件管理办法（2022年，单位规定）"
declare(
    "passports.return_days",
    _("因私证件：回国后交回的期限"),
    _("天"),
    Shipped(10, LONG_AGO, SCHOOL, "Q"),
)
declare(
    "passports.hand_in_days",
    _("因私证件：新领证件交存的期限"),
    _("天"),
    Shipped(7, LONG_AGO, SCHOOL, "q"),
)
declare(
    "passports.update_days",
    _("因私证件：职务变动后更新备案的期限"),
    _("天"),
    Shipped(30, LONG_AGO, "县级登记备案办法（地方规定）", "Q"),
)
declare("passports.count_days", _("因私证件：多久没有清点就提醒"), _("天"), Shipped(190, LONG_AGO))
