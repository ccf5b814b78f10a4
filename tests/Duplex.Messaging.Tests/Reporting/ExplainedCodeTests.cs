using System.Reflection;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Tests.TestDoubles;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Tests.Reporting;

/// <summary>
/// Every code in the tables of errors, disconnects and unsubscribes is provoked and leaves exactly one log entry that
/// explains it. The tables are read by reflection, so that a new code without a case fails here.
/// </summary>
public sealed class ExplainedCodeTests
{
    private const string Subscribe = """{"id":2,"subscribe":{"channel":"news:a"}}""";
    private const string Presence = """{"id":9,"presence":{"channel":"news:a"}}""";

    private static readonly Dictionary<uint, Case> Cases = new()
    {
        // A handler's failure is logged with its exception; the code itself adds nothing.
        [100] = Case.Command("""{"id":2,"rpc":{"method":"fails"}}""") with { Expected = "A handler of 'fails' failed" },
        [101] = Case.Command("""{"id":2,"rpc":{"method":"unauthorized"}}"""),
        [102] = Case.Command("""{"id":2,"subscribe":{"channel":"none:a"}}"""),
        [103] = Case.Command("""{"id":2,"subscribe":{"channel":"closed:a"}}"""),
        [104] = Case.Command("""{"id":2,"rpc":{"method":"none"}}"""),
        [105] = Case.Command(Subscribe) with { Before = static (_, client) => client.Say(Subscribe) },
        [106] = Case.Command(Subscribe) with
        {
            Options = static options => options.MaxSubscriptionsPerClient = 1,
            Before = static (_, client) => client.Say("""{"id":9,"subscribe":{"channel":"news:other"}}"""),
        },
        [107] = Case.Command("""{"id":2,"publish":{"channel":"news:a","data":1,"type":9}}"""),
        [108] = Case.Command(Presence),
        [109] = Case.Connect("late"),
        [110] = Case.Connect("over"),
        [111] = Case.Command("""{"id":2,"rpc":{"method":"busy"}}"""),
        [112] = Case.Command("""{"id":2,"history":{"channel":"kept:a","since":{"offset":1,"epoch":"other"}}}"""),
        [113] = Case.Command("""{"id":2,"rpc":{"method":"paging"}}"""),
        [2000] = Unsubscribe(Unsubscription.ByServer),
        [2500] = Unsubscribe(Unsubscription.InsufficientState),
        [2501] = Unsubscribe(Unsubscription.Expired),
        [2502] = Unsubscribe(Unsubscription.StateInvalidated),
        [3000] = new Case(static (_, client) => client.Cut()),
        [3001] = new Case(static (hub, _) => hub.Hub.Shutdown()),
        [3004] = Case.Connect("broken") with { Expected = "A command of client" },
        [3005] = new Case(static (hub, _) => hub.Wait(TimeSpan.FromMinutes(2))) { Token = "short" },
        [3006] = new Case(static (hub, _) => hub.Wait(TimeSpan.FromMinutes(2))) { Token = "brief" },
        [3008] = new Case(static (_, client) =>
        {
            client.Transport.IsWritable = false;
            for (var i = 0; i < 20; i++) client.Say("""{"id":2,"unsubscribe":{"channel":"news:a"}}""");
        })
        {
            Options = static options => options.MaxQueuedBytes = 100,
        },

        // The transport's failure is logged with its exception.
        [3009] = Case.Command(Presence) with
        {
            Before = static (_, client) => client.Transport.SendingFault = new IOException("It fails."),
            Lines = static line => line.Contains("failed to send or close", StringComparison.Ordinal),
            Expected = "failed to send or close",
        },
        [3010] = Case.Command("""{"id":2,"refresh":{"token":"other"}}""") with { Token = "ann" },
        [3011] = Disconnect(Disconnects.ForceReconnect),
        [3012] = new Case(static (hub, _) => hub.Wait(TimeSpan.FromSeconds(40))) { Options = static options => options.PingInterval = TimeSpan.FromSeconds(25) },
        [3013] = new Case(static (_, client) =>
        {
            for (var i = 0; i < 20; i++) client.Say("""{"id":2,"unsubscribe":{"channel":"news:a"}}""");
        })
        { Options = static options => options.CommandRateLimit = 1 },
        [3014] = Disconnect(Disconnects.StateInvalidated),
        [3500] = Case.Connect("bad"),
        [3501] = Case.Command("nonsense"),
        [3502] = new Case(static (hub, _) => hub.Wait(TimeSpan.FromSeconds(11))) { IsOpenOnly = true },
        [3503] = Disconnect(Disconnects.ForceDisconnect),
        [3504] = Case.Connect("ann") with { Options = static options => options.MaxConnections = 1, Before = static (hub, _) => hub.Connect() },
        [3505] = Case.Connect("many") with { Options = static options => options.MaxSubscriptionsPerClient = 1 },
        [3506] = new Case(static (_, client) => client.Client.Send(new byte[] { 0xff })),
        [3507] = Case.Connect("nobody") with { Options = static options => options.DisallowAnonymousTokens = true },
        [3508] = Case.Command("""{"send":{"data":{}}}"""),
        [3509] = Disconnect(Disconnects.TooManyErrors),
    };

    private readonly RecordingLogger _log = new();

    public static TheoryData<uint> Codes => [.. Table<ClientError>(typeof(ClientErrors)).Select(static error => error.Code)
        .Concat(Table<Disconnect>(typeof(Disconnects)).Select(static disconnect => (uint)disconnect.Code))
        .Concat(Table<Unsubscription>(typeof(Unsubscription)).Select(static reason => reason.Code))];

    public static TheoryData<Disconnect> Ends => [.. Table<Disconnect>(typeof(Disconnects))];

    public static TheoryData<ClientError> Errors => [.. Table<ClientError>(typeof(ClientErrors))];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_leaves_one_line_that_explains_it(uint code)
    {
        var provoked = Assert.Contains(code, (IReadOnlyDictionary<uint, Case>)Cases);
        using var hub = Hub(provoked.Options);
        var client = hub.Open();
        if (!provoked.IsOpenOnly) client.Say("{\"id\":1,\"connect\":{\"token\":\"" + provoked.Token + "\"}}");
        provoked.Before?.Invoke(hub, client);
        _log.Take();

        provoked.Act(hub, client);
        hub.Shard.RunAll();

        var line = Assert.Single(_log.Take(), provoked.Lines ?? (static _ => true));
        if (provoked.Expected is { } expected) Assert.Contains(expected, line, StringComparison.Ordinal);
        else Assert.Matches($"with {code} '[^']+': .{{10,}}\\.( \\(0 more since the last entry of this kind\\)\\.)?$", line);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void Disconnect_with_its_sentence_fits_a_close_frame(Disconnect disconnect)
    {
        var (sentence, _) = Explanations.Of(disconnect);

        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.Equal($"{disconnect.Reason}: {sentence}", Explanations.Detailed(disconnect).Reason);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Error_has_a_sentence(ClientError error)
    {
        var (sentence, _) = Explanations.Of(error);

        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("has no such code", sentence, StringComparison.Ordinal);
    }

    private static IEnumerable<T> Table<T>(Type table)
        where T : class =>
        table.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(static property => property.PropertyType == typeof(T)).Select(static property => (T)property.GetValue(null)!);

    private static Case Unsubscribe(Unsubscription reason) => new((hub, _) => hub.Server.Clients.UnsubscribeFromAllAsync(ClientSelector.Anonymous, reason: reason))
    {
        Before = static (_, client) => client.Say(Subscribe),
    };

    private static Case Disconnect(Disconnect reason) => new((_, client) => client.Client.Disconnect(reason));

    private TestHub Hub(Action<HubOptions>? configure)
    {
        var moment = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return new TestHub(
            options =>
            {
                options.PingInterval = null;
                options.Namespaces["closed"] = new NamespaceOptions();
                options.Namespaces["kept"] = new NamespaceOptions { HistorySize = 1, HistoryTtl = TimeSpan.FromHours(1), AllowHistory = true, AllowHistoryForAnonymous = true };
                configure?.Invoke(options);
            },
            application: static model =>
            {
                model.AddCall("fails", static _ => throw new InvalidOperationException("It fails."));
                model.AddCall("unauthorized", static _ => throw new ClientException(ClientErrors.Unauthorized));
                model.AddCall("busy", static _ => throw new ClientException(ClientErrors.TooManyRequests));
                model.AddCall("paging", static _ => throw new ClientException(ClientErrors.ConcurrentPagination));
            },
            tokens: new BrokenTokens
            {
                Connections =
                {
                    ["ann"] = Valid(new() { User = "ann" }),
                    ["other"] = Valid(new() { User = "ann", Subscriptions = ["news:b"] }),
                    ["many"] = Valid(new() { User = "ann", Subscriptions = ["news:a", "news:b"] }),
                    ["nobody"] = Valid(new() { User = "" }),
                    ["late"] = new(TokenStatus.Expired),
                    ["over"] = Valid(new() { User = "ann", ExpiresAt = moment.AddSeconds(-1) }),
                    ["short"] = Valid(new() { User = "ann", ExpiresAt = moment.AddSeconds(30) }),
                    ["brief"] = Valid(new() { User = "ann", Subscriptions = [new ServerSubscription("news:a") { ExpiresAt = moment.AddSeconds(30) }] }),
                },
            },
            logger: _log);
    }

    private static TokenVerdict<ConnectionToken> Valid(ConnectionToken token) => new(TokenStatus.Valid, token);

    /// <summary>Tokens by name, and one that breaks the verifier.</summary>
    private sealed class BrokenTokens : ITokenVerifier
    {
        public Dictionary<string, TokenVerdict<ConnectionToken>> Connections { get; } = [];

        public ValueTask<TokenVerdict<ConnectionToken>> VerifyConnectionAsync(string token, CancellationToken cancellationToken) =>
            token == "broken" ? throw new HttpRequestException("The keys cannot be fetched.") : new(Connections.GetValueOrDefault(token));

        public ValueTask<TokenVerdict<SubscriptionToken>> VerifySubscriptionAsync(string token, CancellationToken cancellationToken) => new(default(TokenVerdict<SubscriptionToken>));
    }

    private sealed record Case(Action<TestHub, TestClient> Act)
    {
        public Action<HubOptions>? Options { get; init; }

        public string Token { get; init; } = "";

        public bool IsOpenOnly { get; init; }

        public Action<TestHub, TestClient>? Before { get; init; }

        public Predicate<string>? Lines { get; init; }

        public string? Expected { get; init; }

        public static Case Command(string frame) => new((_, client) => client.Say(frame));

        public static Case Connect(string token) => new((_, client) => client.Say("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}")) { IsOpenOnly = true };
    }
}
