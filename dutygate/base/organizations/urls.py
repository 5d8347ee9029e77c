"""Routes: log in and out, password, post, first page."""

from django.urls import path

from dutygate.base.organizations import web

urlpatterns = [
    path("", web.home, name="home"),
    path("login/", web.log_in, name="login"),
    path("logout/", web.log_out, name="logout"),
    path("password/", web.password, name="password"),
    path("post/", web.post, name="post"),
]
