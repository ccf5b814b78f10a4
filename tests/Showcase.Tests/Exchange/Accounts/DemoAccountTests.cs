using Showcase.Exchange.Accounts;
using Showcase.Exchange.Wire;
using static Showcase.Tests.Exchange.VenueFixture;

namespace Showcase.Tests.Exchange.Accounts;

public sealed class DemoAccountTests
{
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
