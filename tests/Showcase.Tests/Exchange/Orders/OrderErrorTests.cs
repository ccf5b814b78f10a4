using Duplex.Messaging.Errors;
using Showcase.Exchange.Wire;
using static Showcase.Tests.Exchange.VenueFixture;

namespace Showcase.Tests.Exchange.Orders;

public sealed class OrderErrorTests
{
    private static readonly PlaceOrderParams Good = new("SOLUSDT", "buy", "limit", "142.36", "1", null, null, null);

    private readonly VenueFixture _fixture = new();

    [Fact]
    public void The_order_that_the_cases_start_from_is_good() => Assert.Equal("new", Place(Good).Order.Status);

    public static TheoryData<uint, string, PlaceOrderParams> Cases => new()
    {
        { 400, "symbol is missing: give one of SOLUSDT, BTCUSDT, ETHUSDT.", Good with { Symbol = null } },
        { 404, "There is no such symbol: give one of SOLUSDT, BTCUSDT, ETHUSDT.", Good with { Symbol = "solusdt" } },
        { 400, "side must be \"buy\" or \"sell\".", Good with { Side = "hold" } },
        { 400, "type must be \"limit\", \"market\", \"stopLossLimit\" or \"takeProfitLimit\".", Good with { Type = null } },
        { 400, "price is missing: give it as a decimal string such as \"142.36\".", Good with { Price = null } },
        { 400, "quantity is not a decimal string such as \"142.36\": digits with at most one point, no sign, no exponent.", Good with { Quantity = "1e3" } },
        { 400, "A limit order has a quantity: leave quoteQuantity out.", Good with { QuoteQuantity = "10" } },
        { 400, "A market order takes the book's prices: leave price out.", Good with { Type = "market" } },
        { 400, "A market order has either a quantity or a quoteQuantity.", Good with { Type = "market", Price = null, QuoteQuantity = "5" } },
        { 400, "A limit order has no stop price: leave stopPrice out.", Good with { StopPrice = "140" } },
        { 400, "A market order has no stop price: leave stopPrice out.", Good with { Type = "market", Price = null, StopPrice = "140" } },
        { 400, "stopPrice is missing: give it as a decimal string such as \"142.36\".", Good with { Type = "stopLossLimit" } },
        { 400, "An order with a stop price may match at once: leave postOnly out.", Good with { Type = "stopLossLimit", StopPrice = "140", TimeInForce = "postOnly" } },
        { 400, "selfTradePrevention must be \"expireMaker\", \"expireTaker\" or \"expireBoth\".", Good with { SelfTradePrevention = "none" } },
        { 410, "The order to replace is unknown or already final.", Good with { Replaces = 12345 } },
        { 420, "StopPrice 140.001 is not a multiple of the tick size 0.01: try 140.00.", Good with { Type = "takeProfitLimit", StopPrice = "140.001" } },
        { 400, "clientOrderId is longer than 64 characters: shorten it.", Good with { ClientOrderId = new string('x', 65) } },
        { 400, "timeInForce must be \"gtc\", \"ioc\", \"fok\" or \"postOnly\".", Good with { TimeInForce = "GTC" } },
        { 420, "Price 142.357 is not a multiple of the tick size 0.01: try 142.36.", Good with { Price = "142.357" } },
        { 420, "The price is out of range: 0.01 to 100000.00.", Good with { Price = "100000.01" } },
        { 420, "The price is out of range: 0.01 to 100000.00.", Good with { Price = "99999999999999999999999" } },
        { 421, "Quantity 0.0001 is not a multiple of the step size 0.001: try 0.001.", Good with { Quantity = "0.0001" } },
        { 421, "The quantity is out of range: 0.001 to 90000.000.", Good with { Quantity = "0" } },
        { 422, "The order is worth less than the minimum of 5 USDT: raise the quantity.", Good with { Quantity = "0.035" } },
        { 423, "The order needs more than the 50000 USDT that you have free: lower the quantity or cancel an open order.", Good with { Quantity = "352" } },
        { 424, "There are no sell orders for SOLUSDT right now: place a limit order.", Good with { Type = "market", Price = null } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_bad_order_gets_its_code_and_a_sentence_that_says_what_to_do(uint code, string sentence, PlaceOrderParams order)
    {
        var error = Assert.Throws<ClientException>(() => Place(order)).Error;

        Assert.Equal((code, sentence), (error.Code, error.Message));
        Assert.Empty(_fixture.Published());
    }

    [Fact]
    public void A_post_only_order_that_would_match_is_told_where_it_would_not()
    {
        _fixture.Limit(Bob, "sell", "142.36", "1");
        var error = Assert.Throws<ClientException>(() => Place(Good with { TimeInForce = "postOnly" })).Error;
        Assert.Equal((425u, "A post-only order must not match at once: buy below 142.36."), (error.Code, error.Message));
    }

    [Fact]
    public void A_price_far_from_the_last_one_and_a_stop_price_that_is_reached_are_rejected()
    {
        _fixture.Limit(Bob, "sell", "142.36", "1");
        _fixture.Limit(Alice, "buy", "142.36", "1");

        Assert.Equal(
            (426u, "The price is more than 5 times above or below the last price of 142.36: choose a price nearer to it."),
            Failure(Good with { Price = "28.47" }));
        Assert.Equal("new", Place(Good with { Price = "28.48" }).Order.Status);
        Assert.Equal(
            (427u, "The last price of 142.36 has already reached the stop price: choose another stop price or place a limit order."),
            Failure(Good with { Type = "stopLossLimit", StopPrice = "142.36" }));
        Assert.Equal(427u, Failure(Good with { Type = "takeProfitLimit", StopPrice = "142.37" }).Code);
    }

    [Fact]
    public void Somebody_else_s_order_cannot_be_canceled()
    {
        var id = Place(Good).Order.Id;
        Assert.Equal(403u, Cancel(Bob, id));
        Assert.Equal(0u, Cancel(Alice, id));
        Assert.Equal(410u, Cancel(Alice, id));
        Assert.Equal(410u, Cancel(Alice, 12345));
        Assert.Equal(400u, Cancel(Alice, null));
    }

    [Fact]
    public void Who_has_no_account_cannot_trade() =>
        Assert.Equal(401u, Assert.Throws<ClientException>(() => _fixture.Venue.Place("", Good, Start)).Error.Code);

    private (uint Code, string Message) Failure(PlaceOrderParams order)
    {
        var error = Assert.Throws<ClientException>(() => Place(order)).Error;
        return (error.Code, error.Message);
    }

    private PlacedResult Place(PlaceOrderParams order) => _fixture.Venue.Place(Alice, order, Start);

    private uint Cancel(string user, long? id)
    {
        try
        {
            _fixture.Venue.Cancel(user, new CancelOrderParams("SOLUSDT", id), Start);
            return 0;
        }
        catch (ClientException exception)
        {
            return exception.Error.Code;
        }
    }
}
