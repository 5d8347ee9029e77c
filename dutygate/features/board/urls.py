"""Routes: the board, its files, the rows behind a figure."""

from django.urls import path

from dutygate.features.board import web

urlpatterns = [
    path("board/", web.board, name="board"),
    path("board/export.<str:kind>", web.export, name="board_export"),
    path("board/rows/<str:what>/", web.rows, name="board_rows"),
]
