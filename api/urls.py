from rest_framework.routers import SimpleRouter

from api.campaigns import Campaigns

app_name = "api"

router = SimpleRouter()
router.register("campaigns", Campaigns, basename="campaign")
urlpatterns = router.urls
