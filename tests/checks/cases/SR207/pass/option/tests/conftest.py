def pytest_addoption(parser):
    parser.addoption("--offline", action="store_true")
