"""The wall chart (挂图作战): what leaders look at, computed from records and never typed."""

from xiaohao.rectification.wall_chart.chart import Chart, build
from xiaohao.rectification.wall_chart.filters import Filters, Options, of_one_organ, options

__all__ = ["Chart", "Filters", "Options", "build", "of_one_organ", "options"]
