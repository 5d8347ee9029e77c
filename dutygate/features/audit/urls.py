"""Routes: the register searched, one entry, checks, heads, the security log."""

from django.urls import path

from dutygate.features.audit.web import checks, log, register

urlpatterns = [
    path("audit/", register.search, name="audit"),
    path("audit/entries/<int:number>/", register.entry, name="audit_entry"),
    path("audit/heads/", register.heads, name="audit_heads"),
    path("audit/heads.txt", register.heads_text, name="audit_heads_text"),
    path("audit/checks/", checks.checks, name="audit_checks"),
    path("audit/checks/now/", checks.now, name="audit_checks_now"),
    path("audit/checks/<int:number>/", checks.check, name="audit_check"),
    path("audit/security/", log.security, name="audit_security"),
]
