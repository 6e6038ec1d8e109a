from xiaohao.public.models.comments import Comment, Receipt
from xiaohao.public.models.floods import Attempts, HeldText, Intake
from xiaohao.public.models.publications import Publication

__all__ = ["Attempts", "Comment", "HeldText", "Intake", "Publication", "Receipt"]
