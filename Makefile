# `make demo` and `make test` need nothing but Python 3.11 and make.
PYTHON ?= python3
BIN := .venv/bin
UV_COMPILE := $(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --custom-compile-command 'make lock' pyproject.toml

.PHONY: help setup develop demo test check lock bench generated messages format pictures

help: ## 列出可用的目标
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/'

setup:
	@$(PYTHON) bootstrap.py

develop:
	@$(PYTHON) bootstrap.py --dev

demo: setup ## 装好并打开演示单位：http://127.0.0.1:8000
	@$(BIN)/xiaohao demo

test: develop ## 运行全部测试：SQLite，有 PostgreSQL 服务器时也在其上运行
	$(BIN)/pytest -n 2 --dist loadfile
	$(BIN)/python tools/postgresql.py $(BIN)/pytest -n 2 --dist loadfile \
		tests/core tests/ledger tests/rectification tests/registers tests/contracts tests/writing tests/public tests/cli

check: develop ## 代码检查：格式、类型、引用方向、迁移、翻译、仓库卫生
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/xiaohao manage check
	$(BIN)/xiaohao manage makemigrations --check --dry-run
	$(BIN)/python tools/translations.py check
	$(BIN)/python tools/generated.py check
	$(BIN)/python tools/hygiene.py

format: develop ## 统一格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: develop ## 重新锁定依赖
	$(UV_COMPILE) -o requirements.txt
	$(UV_COMPILE) --group dev -o requirements-dev.txt

bench: develop ## 运行测速，结果以同一次运行中的比值给出
	@for bench in $(filter-out bench/scene.py,$(wildcard bench/*.py)); do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

generated: develop ## 重新生成角色权限表和流程图
	$(BIN)/python tools/generated.py write

messages: develop ## 把新增的界面文字写入英文目录
	$(BIN)/python tools/translations.py update

pictures: develop ## 从正在运行的程序截取 README 的图
	$(BIN)/python tools/screenshots.py
