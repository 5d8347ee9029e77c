"""Routes: checking a task, kept checks, uniform deployments."""

from django.urls import path

from dutygate.features.taskcheck.web import checking, deploying

urlpatterns = [
    path("check/", checking.check, name="task_check"),
    path("check/keep/", checking.keep, name="task_keep"),
    path("check/kept/", checking.kept, name="task_kept_all"),
    path("check/kept/<int:number>/", checking.kept_one, name="task_kept"),
    path("check/deployments/", deploying.deployments, name="deployments"),
    path("check/deployments/register/", deploying.register, name="deployment_register"),
    path("check/deployments/<int:number>/", deploying.deployment, name="deployment"),
    path("check/deployments/<int:number>/withdraw/", deploying.withdraw, name="deployment_withdraw"),
]
