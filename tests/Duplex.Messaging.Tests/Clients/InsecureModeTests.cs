using Duplex.Messaging.Channels;
using Duplex.Messaging.Tests.TestDoubles;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Tests.Clients;

public sealed class InsecureModeTests
{
    [Fact]
    public void Client_without_a_token_is_anonymous_and_may_do_everything()
    {
        using var hub = Hub();
        var client = hub.Connect();

        Assert.Equal("", client.Client.User);
        Assert.Contains("\"subscribe\"", Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"open:a#7"}}""")), StringComparison.Ordinal);
        Assert.Contains("""{"id":3,"publish":{}}""", client.Say("""{"id":3,"publish":{"channel":"open:b","data":1}}"""));
        Assert.Contains("\"history\"", Assert.Single(client.Say("""{"id":4,"history":{"channel":"open:b"}}""")), StringComparison.Ordinal);
        Assert.Contains("\"presence\"", Assert.Single(client.Say("""{"id":5,"presence":{"channel":"open:b"}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Private_channel_needs_a_token_all_the_same()
    {
        using var hub = Hub();

        Assert.Contains("\"code\":103", Assert.Single(hub.Connect().Say("""{"id":2,"subscribe":{"channel":"$open:a"}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Token_is_verified_but_its_end_is_not_that_of_the_connection()
    {
        using var hub = Hub();
        var client = hub.Open();
        var forger = hub.Open();

        var reply = Assert.Single(client.Say("""{"id":1,"connect":{"token":"ann"}}"""));
        forger.Say("""{"id":1,"connect":{"token":"forged"}}""");

        Assert.Equal("ann", client.Client.User);
        Assert.DoesNotContain("ttl", reply, StringComparison.Ordinal);
        Assert.Equal<ushort?>(3500, forger.CloseCode);
        hub.Wait(TimeSpan.FromSeconds(120));
        Assert.Null(client.CloseCode);
    }

    private static TestHub Hub()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var tokens = new FakeTokens { Connections = { ["ann"] = new(TokenStatus.Valid, new ConnectionToken { User = "ann", ExpiresAt = start.AddSeconds(60) }) } };
        return new TestHub(
            static options =>
            {
                (options.AllowAnonymous, options.IsInsecure, options.PingInterval) = (false, true, null);
                options.Namespaces["open"] = new NamespaceOptions
                {
                    Presence = true,
                    HistorySize = 10,
                    HistoryTtl = TimeSpan.FromHours(1),
                    AllowUserLimitedChannels = true,
                };
            },
            tokens: tokens);
    }
}
