"""Which distribution brings a fixture or a marker of pytest: names as the plugins' documentation lists them."""

from __future__ import annotations

_FIXTURES = {
    "pytest-mock": "mocker class_mocker module_mocker package_mocker session_mocker",
    "pytest-asyncio": "event_loop event_loop_policy unused_tcp_port unused_tcp_port_factory unused_udp_port",
    "pytest-aiohttp": "aiohttp_client aiohttp_server aiohttp_raw_server aiohttp_unused_port",
    "pytest-benchmark": "benchmark benchmark_weave",
    "pytest-bdd": "pytestbdd_stepdef",
    "pytest-check": "check",
    "pytest-console-scripts": "script_runner",
    "pytest-cookies": "cookies",
    "pytest-cov": "cov no_cover",
    "pytest-datadir": "datadir shared_datadir lazy_datadir original_datadir lazy_shared_datadir",
    "pytest-django": "db transactional_db django_db_reset_sequences django_user_model django_username_field "
    "django_db_setup django_db_blocker django_assert_num_queries django_assert_max_num_queries "
    "django_capture_on_commit_callbacks live_server rf async_rf admin_user admin_client async_client mailoutbox "
    "django_mail_dnsname django_db_serialized_rollback",
    "pytest-factoryboy": "factory_request",
    "pytest-flask": "client_class live_server_flask accept_json accept_jsonp",
    "pytest-freezer": "freezer",
    "pytest-git": "git_repo",
    "pytest-golden": "golden",
    "pytest-homeassistant-custom-component": "hass hass_ws_client",
    "pytest-httpbin": "httpbin httpbin_secure httpbin_both httpbin_ca_bundle",
    "pytest-httpserver": "httpserver make_httpserver httpserver_listen_address httpserver_ssl_context",
    "pytest-httpx": "httpx_mock",
    "pytest-jupyter": "jp_serverapp jp_configurable_serverapp jp_fetch jp_environ jp_ws_fetch",
    "pytest-lazy-fixture": "lazy_fixture",
    "pytest-localserver": "smtpserver httpserver_localserver",
    "pytest-mock-resources": "pmr_postgres_container pmr_redis_container",
    "pytest-mpl": "mpl_test_settings",
    "pytest-playwright": "page browser browser_type browser_name new_context launch_browser browser_context_args",
    "pytest-postgresql": "postgresql postgresql_proc postgresql_noproc",
    "pytest-pretty": "pytester_pretty",
    "pytest-qt": "qtbot qapp qtlog qtmodeltester qapp_args qapp_cls",
    "pytest-recording": "vcr block_network vcr_config record_mode",
    "pytest-redis": "redisdb redis_proc redis_noproc",
    "pytest-regressions": "data_regression dataframe_regression file_regression image_regression ndarrays_regression "
    "num_regression",
    "pytest-selenium": "selenium driver session_capabilities chrome_options firefox_options",
    "pytest-socket": "socket_disabled socket_enabled",
    "pytest-structlog": "log",
    "pytest-subprocess": "fp fake_process",
    "pytest-subtests": "subtests",
    "pytest-tornasync": "http_server_client io_loop",
    "pytest-trio": "nursery autojump_clock mock_clock",
    "pytest-twisted": "twisted_greenlet",
    "pytest-vcr": "vcr_cassette vcr_cassette_dir vcr_cassette_name",
    "pytest-virtualenv": "virtualenv",
    "pytest-xdist": "worker_id testrun_uid",
    "pytest-xprocess": "xprocess",
    "anyio": "anyio_backend anyio_backend_name anyio_backend_options free_tcp_port free_tcp_port_factory "
    "free_udp_port_factory",
    "celery": "celery_app celery_worker celery_session_app celery_session_worker celery_config celery_includes",
    "dash": "dash_duo dash_br dash_thread_server",
    "faker": "faker",
    "pyfakefs": "fs fs_class fs_module fs_session",
    "pytest-aioresponses": "aioresponses",
    "pyvista": "verify_image_cache",
    "requests-mock": "requests_mock",
    "respx": "respx_mock",
    "syrupy": "snapshot",
    "time-machine": "time_machine",
    "betamax": "betamax_session betamax_recorder betamax_parametrized_recorder",
    "tox": "tox_project",
}
# Fixtures that more than one plugin has, and the markers.
_MORE_FIXTURES = {
    "client": "pytest-django pytest-flask pytest-sanic",
    "settings": "pytest-django",
    "live_server": "pytest-django pytest-flask",
    "httpserver": "pytest-httpserver pytest-localserver",
    "freezer": "pytest-freezer pytest-freezegun",
    "snapshot": "syrupy snapshottest pytest-snapshot inline-snapshot",
    "vcr": "pytest-recording pytest-vcr",
    "loop": "pytest-aiohttp pytest-asyncio",
    "event_loop": "pytest-asyncio",
    "fs": "pyfakefs",
    "testdir": "pytest",
    "db": "pytest-django",
    "page": "pytest-playwright",
    "check": "pytest-check",
    "log": "pytest-structlog",
    "mpl": "pytest-mpl",
    "cookies": "pytest-cookies",
    "driver": "pytest-selenium",
    "cov": "pytest-cov",
    "httpbin": "pytest-httpbin",
    "subtests": "pytest-subtests pytest",
}
_MARKERS = {
    "asyncio": "pytest-asyncio",
    "anyio": "anyio",
    "trio": "pytest-trio",
    "twisted": "pytest-twisted",
    "django_db": "pytest-django",
    "urls": "pytest-django",
    "ignore_template_errors": "pytest-django",
    "timeout": "pytest-timeout",
    "flaky": "pytest-rerunfailures flaky",
    "benchmark": "pytest-benchmark",
    "xdist_group": "pytest-xdist",
    "forked": "pytest-forked",
    "order": "pytest-order",
    "run": "pytest-ordering",
    "dependency": "pytest-dependency",
    "repeat": "pytest-repeat",
    "vcr": "pytest-recording pytest-vcr",
    "block_network": "pytest-recording",
    "default_cassette": "pytest-recording",
    "httpx_mock": "pytest-httpx",
    "freeze_time": "pytest-freezer",
    "time_machine": "time-machine",
    "remote_data": "pytest-remotedata",
    "internet_off": "pytest-remotedata",
    "mpl_image_compare": "pytest-mpl",
    "enable_socket": "pytest-socket",
    "disable_socket": "pytest-socket",
    "allow_hosts": "pytest-socket",
    "datafiles": "pytest-datafiles",
    "qt_log_level_fail": "pytest-qt",
    "respx": "respx",
    "limit_memory": "pytest-memray",
    "limit_leaks": "pytest-memray",
    "parallel_threads": "pytest-run-parallel",
    "thread_unsafe": "pytest-run-parallel",
    "hypothesis": "hypothesis",
    "celery": "celery",
    "no_cover": "pytest-cov",
    "script_launch_mode": "pytest-console-scripts",
    "array_compare": "pytest-arraydiff",
    "aiohttp": "pytest-aiohttp",
}
_OWNERS: dict[str, tuple[str, ...]] = {name: (plugin,) for plugin, names in _FIXTURES.items() for name in names.split()}
_OWNERS |= {name: tuple(plugins.split()) for name, plugins in _MORE_FIXTURES.items()}
_COMMON_WORDS = frozenset(
    ("client", "settings", "loop", "db", "page", "check", "log", "cov", "driver", "golden", "fs", "cookies", "selenium",
     "snapshot", "virtualenv", "browser", "git_repo", "nursery", "hass", "faker", "fp", "live_server")
)  # fmt: skip


def plugins_of_fixture(name: str) -> tuple[str, ...]:
    """Return the normalised distributions that may bring a fixture, the likeliest first; () if no known one does."""
    return _OWNERS.get(name, ())


def is_unmistakable(fixture: str) -> bool:
    """Tell whether nobody would name a fixture of their own like that of a plugin."""
    return fixture in _OWNERS and fixture not in _COMMON_WORDS


def plugins_of_marker(name: str) -> tuple[str, ...]:
    """Return the normalised distributions that may register a marker; () if no known one does."""
    return tuple(_MARKERS.get(name, "").split())
