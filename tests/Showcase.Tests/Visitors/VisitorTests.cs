using Showcase.Visitors;

namespace Showcase.Tests.Visitors;

public sealed class VisitorTests
{
    [Fact]
    public void A_user_s_id_is_the_same_for_the_same_key_and_does_not_show_it()
    {
        var key = new string('k', 32);
        Assert.Equal(Visitor.UserOf(key), Visitor.UserOf(key));
        Assert.NotEqual(Visitor.UserOf(key), Visitor.UserOf(key + "k"));
        Assert.Matches("^[0-9a-f]{24}$", Visitor.UserOf(key));
    }
}
