using Showcase.Exchange.Accounts;
using Showcase.Exchange.Wire;
using static Showcase.Tests.Exchange.VenueFixture;

namespace Showcase.Tests.Exchange.Accounts;

public sealed class DemoAccountTests
{
    [Fact]
    public void A_user_s_id_is_the_same_for_the_same_key_and_does_not_show_it()
    {
        var key = new string('k', 32);
        Assert.Equal(DemoAccounts.UserOf(key), DemoAccounts.UserOf(key));
        Assert.NotEqual(DemoAccounts.UserOf(key), DemoAccounts.UserOf(key + "k"));
        Assert.Matches("^[0-9a-f]{24}$", DemoAccounts.UserOf(key));
    }

    [Fact]
    public void Final_orders_are_forgotten_in_time_and_open_ones_never()
    {
        var fixture = new VenueFixture();
        var kept = fixture.Limit(Alice, "buy", "100.00", "1").Order.Id;
        for (var i = 0; i < DemoAccount.Remembered + 10; i++)
        {
            var id = fixture.Limit(Alice, "buy", "99.00", "1").Order.Id;
            fixture.Venue.Cancel(Alice, new CancelOrderParams("SOLUSDT", id), fixture.Now);
        }

        var orders = fixture.Venue.OrderHistory(Alice, int.MaxValue).Orders;
        Assert.Equal(DemoAccount.Remembered, orders.Count);
        Assert.Equal(kept, orders[^1].Id);
    }
}
