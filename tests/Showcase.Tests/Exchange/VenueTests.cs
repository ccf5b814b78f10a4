using System.Text.Json;
using Duplex.Messaging.Errors;
using Showcase.Exchange;
using Showcase.Exchange.Simulation;
using Showcase.Exchange.Wire;
using static Showcase.Tests.Exchange.VenueFixture;

namespace Showcase.Tests.Exchange;

public sealed class VenueTests
{
    private readonly VenueFixture _fixture = new();

    [Fact]
    public void An_account_begins_with_its_starting_balances() => Assert.Equal(
        [("USDT", "50000", "0"), ("SOL", "100", "0"), ("BTC", "0.5", "0"), ("ETH", "5", "0")],
        _fixture.Venue.Balances(Alice).Balances.Select(balance => (balance.Asset, balance.Free, balance.Locked)));

    [Fact]
    public void A_placed_order_is_told_to_its_owner_alone()
    {
        _fixture.Limit(Alice, "buy", "142.36", "1");

        var published = _fixture.Published();
        Assert.All(published, message => Assert.Equal("account:#alice", message.Channel));
        Assert.Equal(["order", "balances"], published.Select(message => message.Message.GetProperty("type").GetString()));
        Assert.Equal("142.36", published[0].Message.GetProperty("order").GetProperty("price").GetString());
        Assert.Equal("142.36", published[1].Message.GetProperty("balances")[0].GetProperty("locked").GetString());
    }

    [Fact]
    public void A_match_is_told_to_both_owners_and_to_the_public()
    {
        _fixture.Limit(Alice, "sell", "142.36", "2");
        _fixture.Published();
        var result = _fixture.Market(Bob, "buy", "0.5");

        var fill = Assert.Single(result.Fills);
        Assert.Equal(("142.36", "0.500", "0.0005", "SOL", false), (fill.Price, fill.Quantity, fill.Fee, fill.FeeAsset, fill.Maker));
        var published = _fixture.Published();
        Assert.Equal("1", published.Single(message => message.Channel == "trades:SOLUSDT").Message.GetProperty("trades")[0].GetProperty("id").GetRawText());
        Assert.Contains(published, message => message.Channel == "account:#alice" && message.Message.GetProperty("type").GetString() == "fill");
        Assert.Contains(published, message => message.Channel == "account:#bob" && message.Message.GetProperty("type").GetString() == "fill");
    }

    [Fact]
    public void A_market_order_has_no_price_on_the_wire()
    {
        _fixture.Limit(Alice, "sell", "142.36", "2");
        _fixture.Market(Bob, "buy", "0.5");

        var order = _fixture.Published().Last(message => message.Message.TryGetProperty("order", out _)).Message.GetProperty("order");
        Assert.False(order.TryGetProperty("price", out _));
        Assert.Equal("filled", order.GetProperty("status").GetString());
    }

    [Fact]
    public void The_book_publishes_what_changed_and_nothing_when_nothing_did()
    {
        _fixture.Limit(Alice, "buy", "142.36", "1");
        _fixture.Limit(Alice, "buy", "142.36", "1");
        var diff = Assert.Single(_fixture.Advance(TimeSpan.FromMilliseconds(100)), message => message.Channel == "book:SOLUSDT").Message;

        Assert.Equal((1, 2), (diff.GetProperty("first").GetInt64(), diff.GetProperty("last").GetInt64()));
        Assert.Equal("[[\"142.36\",\"2.000\"]]", diff.GetProperty("bids").GetRawText());
        Assert.DoesNotContain(_fixture.Advance(TimeSpan.FromSeconds(1)), message => message.Channel == "book:SOLUSDT");
    }

    [Fact]
    public void A_level_that_is_gone_has_quantity_zero()
    {
        var id = _fixture.Limit(Alice, "buy", "142.36", "1").Order.Id;
        _fixture.Advance(TimeSpan.FromMilliseconds(100));
        _fixture.Venue.Cancel(Alice, new CancelOrderParams("SOLUSDT", id), _fixture.Now);
        var diff = Assert.Single(_fixture.Advance(TimeSpan.FromMilliseconds(200)), message => message.Channel == "book:SOLUSDT").Message;

        Assert.Equal("[[\"142.36\",\"0\"]]", diff.GetProperty("bids").GetRawText());
    }

    [Fact]
    public void Orders_are_listed_newest_first_and_open_ones_apart()
    {
        var first = _fixture.Limit(Alice, "buy", "100.00", "1").Order.Id;
        var second = _fixture.Limit(Alice, "buy", "101.00", "1").Order.Id;
        _fixture.Venue.Cancel(Alice, new CancelOrderParams("SOLUSDT", first), _fixture.Now);

        Assert.Equal([second, first], _fixture.Venue.OrderHistory(Alice, 10).Orders.Select(order => order.Id));
        Assert.Equal([second], _fixture.Venue.OpenOrders(Alice, null).Orders.Select(order => order.Id));
        Assert.Empty(_fixture.Venue.OpenOrders(Bob, "SOLUSDT").Orders);
    }

    [Fact]
    public void An_account_may_not_have_more_open_orders_than_the_limit()
    {
        var fixture = new VenueFixture(configure: options => options.MaxOpenOrders = 2);
        fixture.Limit(Alice, "buy", "100.00", "1");
        var id = fixture.Limit(Alice, "buy", "100.00", "1").Order.Id;

        Assert.Equal(429u, Assert.Throws<ClientException>(() => fixture.Limit(Alice, "buy", "100.00", "1")).Error.Code);
        fixture.Venue.Cancel(Alice, new CancelOrderParams("SOLUSDT", id), fixture.Now);
        fixture.Limit(Alice, "buy", "100.00", "1");
    }

    [Fact]
    public void The_accounts_of_an_address_may_not_have_more_open_orders_than_the_limit()
    {
        var fixture = new VenueFixture(configure: options => options.MaxOpenOrdersPerAddress = 2);
        fixture.Venue.Accounts.Enter("carol", "192.0.2.9", fixture.Now);
        fixture.Limit(Alice, "buy", "100.00", "1");
        var id = fixture.Limit(Bob, "buy", "100.00", "1").Order.Id;

        Assert.Equal(429u, Assert.Throws<ClientException>(() => fixture.Limit(Alice, "buy", "100.00", "1")).Error.Code);
        fixture.Limit("carol", "buy", "100.00", "1");
        fixture.Venue.Cancel(Bob, new CancelOrderParams("SOLUSDT", id), fixture.Now);
        fixture.Limit(Alice, "buy", "100.00", "1");
    }

    [Fact]
    public void The_book_is_written_once_for_all_that_ask_between_two_publications()
    {
        _fixture.Limit(Alice, "buy", "142.36", "1");
        var data = _fixture.Venue.Markets[0].Data;
        var first = data.Snapshot();
        _fixture.Limit(Alice, "buy", "142.35", "1");
        Assert.Same(first, data.Snapshot());
        Assert.Same(first, data.LatestSnapshot);

        // What it lacks is in the next publication, which ends it.
        var diff = Assert.Single(_fixture.Advance(TimeSpan.FromMilliseconds(100)), message => message.Channel == "book:SOLUSDT").Message;
        Assert.Equal(1, JsonElement.Parse(first).GetProperty("id").GetInt64());
        Assert.Equal((1, 2), (diff.GetProperty("first").GetInt64(), diff.GetProperty("last").GetInt64()));
        Assert.Null(data.LatestSnapshot);
        Assert.Equal(2, JsonElement.Parse(data.Snapshot()).GetProperty("id").GetInt64());
    }

    [Fact]
    public void Ids_of_orders_and_trades_go_on_where_they_are_told_to()
    {
        var venue = new Venue(new ExchangeOptions { Rate = MarketRate.Off }, Start, lastId: 1000);
        venue.Accounts.Enter(Alice, Home, Start);
        venue.Accounts.Enter(Bob, Home, Start);
        venue.Place(Alice, new PlaceOrderParams("SOLUSDT", "sell", "limit", "100.00", "1", null, null, null), Start);
        var result = venue.Place(Bob, new PlaceOrderParams("SOLUSDT", "buy", "market", null, "1", null, null, null), Start);
        Assert.Equal((1002, 1001), (result.Order.Id, Assert.Single(result.Fills).Id));
    }

    [Fact]
    public void A_trade_triggers_a_stop_order_whose_owner_receives_its_new_state_and_its_fill()
    {
        var fixture = new VenueFixture();
        fixture.Limit(Bob, "sell", "140.00", "1");
        fixture.Market(Alice, "buy", "1");
        var stop = new PlaceOrderParams("SOLUSDT", "sell", "stopLossLimit", "138.00", "1", null, null, "mine", StopPrice: "139.00");
        var placed = fixture.Venue.Place(Alice, stop, fixture.Now).Order;
        Assert.Equal(("stopLossLimit", "new", "139.00", true), (placed.Type, placed.Status, placed.StopPrice, placed.Waiting));
        fixture.Limit(Bob, "buy", "138.50", "1");
        fixture.Limit(Bob, "buy", "139.00", "1");
        fixture.Published();
        fixture.Venue.Accounts.Enter("carol", Home, fixture.Now);
        fixture.Market("carol", "sell", "1");

        Assert.Empty(fixture.Venue.OpenOrders(Alice, null).Orders);
        var order = fixture.Venue.OrderHistory(Alice, 1).Orders[0];
        Assert.Equal(("filled", "mine", false), (order.Status, order.ClientOrderId, order.Waiting));
        Assert.Contains(fixture.Published(), sent => sent.Channel.StartsWith("account:", StringComparison.Ordinal)
            && sent.Message.TryGetProperty("fill", out var fill) && fill.GetProperty("price").GetString() == "138.50");
    }
}
