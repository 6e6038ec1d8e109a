"""The models of every register."""

from xiaohao.registers import modules

FOUND = list(modules("models"))
