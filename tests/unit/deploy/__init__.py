"""Tests of the chart, the images, compose and the monitoring, without a cluster or a container engine."""
