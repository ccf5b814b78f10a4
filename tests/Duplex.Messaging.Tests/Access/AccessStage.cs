using System.Globalization;
using System.Text.Json;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Subscriptions;
using Duplex.Messaging.Tests.TestDoubles;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Tests.Access;

/// <summary>A hub and a client for one case of a matrix.</summary>
internal sealed class AccessStage : IDisposable
{
    public const string Channel = "news:a";
    public const string User = "ann";

    private static readonly TimeSpan HandlerTimeout = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Later = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ScriptedHandler _handler;

    public AccessStage(
        ScriptedHandler handler,
        ClientKind client,
        Action<HubOptions>? hub = null,
        Action<NamespaceOptions>? news = null,
        Action<ApplicationModel>? application = null,
        bool hasVerifier = true,
        string channel = Channel,
        bool isConnected = true,
        string? requestUser = null,
        bool expires = false)
    {
        _handler = handler;
        Hub = new TestHub(
            options =>
            {
                options.PingInterval = null;
                options.HandlerTimeout = HandlerTimeout;
                hub?.Invoke(options);
            },
            options =>
            {
                options.AllowSubscribe = options.AllowSubscribeForAnonymous = false;
                news?.Invoke(options);
                Type = options.SubscriptionType;
            },
            application,
            hasVerifier ? Tokens(AccessRules.HasUser(client) ? User : "", channel, expires) : null);
        requestUser ??= !hasVerifier && AccessRules.HasUser(client) ? User : null;
        Client = Hub.Open(ClientFeatures.Default with { User = requestUser });
        if (!isConnected || client == ClientKind.Unconnected) return;
        Client.Say(hasVerifier && AccessRules.HasUser(client) ? """{"id":1,"connect":{"token":"Valid"}}""" : """{"id":1,"connect":{}}""");
        if (AccessRules.IsSubscriber(client)) Subscribe(channel);
    }

    public TestHub Hub { get; }

    public TestClient Client { get; }

    public SubscriptionType Type { get; private set; }

    /// <summary>Sends a command with the id 7 and waits for its outcome.</summary>
    /// <returns>The code of the error or disconnect; 0 for any other reply, -1 for none.</returns>
    public int Execute(string command)
    {
        List<string> frames = [.. Client.Say(command)];
        _handler.Release();
        Hub.Shard.RunAll();
        if (_handler.Kind == HandlerKind.TimesOut) Hub.Time.Advance(HandlerTimeout);
        frames.AddRange(Client.Received());
        if (Client.CloseCode is { } code) return code;
        var reply = frames.Find(static frame => frame.StartsWith("{\"id\":7,", StringComparison.Ordinal) || frame == "{\"id\":7}");
        if (reply is null) return -1;
        using var json = JsonDocument.Parse(reply);
        return json.RootElement.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : AccessRules.Allowed;
    }

    /// <summary>Lets time pass while handlers that wait return.</summary>
    public void Wait(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += HandlerTimeout)
        {
            Hub.Wait(HandlerTimeout);
            _handler.Release();
            Hub.Shard.RunAll();
        }
    }

    public void Dispose() => Hub.Dispose();

    /// <summary>A subscribe command with the id 7.</summary>
    public static string SubscribeCommand(string channel, SubscriptionType type, TokenKind token = TokenKind.None) =>
        "{\"id\":7,\"subscribe\":{\"channel\":\"" + channel + "\",\"type\":" + ((int)type).ToString(CultureInfo.InvariantCulture)
        + (type == SubscriptionType.Map ? ",\"phase\":2" : "") + TokenField(token) + "}}";

    public static string TokenField(TokenKind token) => token == TokenKind.None ? "" : $",\"token\":\"{token}\"";

    public static void UseMaps(NamespaceOptions options)
    {
        options.SubscriptionType = SubscriptionType.Map;
        options.Map.Mode = MapMode.Ephemeral;
        options.Map.KeyTtl = TimeSpan.FromHours(1);
    }

    // A token decides before all handlers and options, which are the ones under test.
    private void Subscribe(string channel)
    {
        Client.Say(SubscribeCommand(channel, Type, TokenKind.Valid));
        Assert.True(Client.Client.Subscriptions.Find(channel)?.Has(SubscriptionState.Live));
    }

    private static FakeTokens Tokens(string user, string channel, bool expires)
    {
        var tokens = new FakeTokens();
        var expiry = expires ? Later : (DateTimeOffset?)null;
        var subscription = new SubscriptionToken { User = user, Channel = channel, ExpiresAt = expiry };
        tokens.Connections[nameof(TokenKind.Valid)] = new(TokenStatus.Valid, new ConnectionToken { User = user });
        tokens.Connections[nameof(TokenKind.OtherUser)] = new(TokenStatus.Valid, new ConnectionToken { User = "bob" });
        tokens.Connections[nameof(TokenKind.Expired)] = new(TokenStatus.Expired);
        tokens.Connections[nameof(TokenKind.Unavailable)] = new(TokenStatus.Unavailable);
        tokens.Subscriptions[nameof(TokenKind.Valid)] = new(TokenStatus.Valid, subscription);
        tokens.Subscriptions[nameof(TokenKind.OtherUser)] = new(TokenStatus.Valid, subscription with { User = "bob" });
        tokens.Subscriptions[nameof(TokenKind.OtherChannel)] = new(TokenStatus.Valid, subscription with { Channel = "news:other" });
        tokens.Subscriptions[nameof(TokenKind.Expired)] = new(TokenStatus.Expired);
        tokens.Subscriptions[nameof(TokenKind.Unavailable)] = new(TokenStatus.Unavailable);
        return tokens;
    }
}
