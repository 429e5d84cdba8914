from setuptools import setup

setup(name="lantern")
