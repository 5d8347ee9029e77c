"""Routes: log in and out, password, post. The first page is the desk's."""

from django.urls import path

from dutygate.base.organizations import web

urlpatterns = [
    path("login/", web.log_in, name="login"),
    path("logout/", web.log_out, name="logout"),
    path("password/", web.password, name="password"),
    path("post/", web.post, name="post"),
]
