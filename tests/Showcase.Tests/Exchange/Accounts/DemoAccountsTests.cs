using Showcase.Exchange;
using static Showcase.Tests.Exchange.VenueFixture;

namespace Showcase.Tests.Exchange.Accounts;

public sealed class DemoAccountsTests
{
    private const string Elsewhere = "192.0.2.2";

    [Fact]
    public void An_address_that_opens_too_many_accounts_gives_up_its_own_idlest()
    {
        var fixture = new VenueFixture(configure: options => options.MaxAccountsPerAddress = 3);
        fixture.Limit(Alice, "buy", "100.00", "1");
        for (var i = 0; i < 100; i++) fixture.Venue.Accounts.Enter($"key-{i}", Elsewhere, fixture.Now + i);

        Assert.Equal(5, fixture.Venue.Accounts.Count);
        Assert.NotNull(fixture.Venue.Accounts.Find(Alice));
        Assert.Equal(["key-97", "key-98", "key-99"], Enumerable.Range(0, 100).Select(i => $"key-{i}").Where(user => fixture.Venue.Accounts.Find(user) is not null));
    }

    [Fact]
    public void A_full_house_takes_from_the_address_with_most_accounts()
    {
        var fixture = new VenueFixture(configure: options => options.MaxAccounts = 5);
        fixture.Venue.Accounts.Enter("carol", "192.0.2.3", fixture.Now - 1000);
        for (var i = 0; i < 100; i++) fixture.Venue.Accounts.Enter($"key-{i}", Elsewhere, fixture.Now + i);

        Assert.Equal(5, fixture.Venue.Accounts.Count);
        Assert.NotNull(fixture.Venue.Accounts.Find("carol"));
    }

    [Fact]
    public void Whoever_comes_gets_an_account_though_every_address_has_but_one()
    {
        var accounts = new Venue(new ExchangeOptions { Rate = Showcase.Exchange.Simulation.MarketRate.Off, MaxAccounts = 10 }, Start).Accounts;
        for (var i = 0; i < 50; i++) accounts.Enter($"key-{i}", $"192.0.2.{i}", Start + i);

        Assert.Equal(10, accounts.Count);
        Assert.NotNull(accounts.Find("key-40"));
    }

    [Fact]
    public void A_closed_account_leaves_no_order_behind_and_begins_anew_when_its_owner_returns()
    {
        var fixture = new VenueFixture(configure: options => options.MaxAccountsPerAddress = 2);
        fixture.Limit(Alice, "buy", "100.00", "1");
        fixture.Market(Bob, "sell", "1");
        fixture.Limit(Alice, "buy", "99.00", "1");
        fixture.Published();
        fixture.Venue.Accounts.Enter(Bob, Home, fixture.Now + 1);
        fixture.Venue.Accounts.Enter("carol", Home, fixture.Now + 1);

        Assert.Equal(0, fixture.Venue.Markets[0].Engine.Book.OrderCount);
        Assert.Contains(fixture.Published(), message => message.Channel == "account:#alice"
            && message.Message.TryGetProperty("order", out var order) && order.GetProperty("status").GetString() == "canceled");
        fixture.Venue.Accounts.Enter(Alice, Home, fixture.Now + 2);
        Assert.Equal("50000", fixture.Venue.Balances(Alice).Balances[0].Free);
        Assert.Empty(fixture.Venue.OrderHistory(Alice, 100).Orders);
    }
}
