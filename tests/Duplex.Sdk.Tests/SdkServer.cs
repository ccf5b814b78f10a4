using System.Collections.Concurrent;
using System.Text.Json;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Duplex.Sdk.Tests;

/// <summary>A real application on a free port, which the SDK's scenarios talk to.</summary>
public sealed class SdkServer : IAsyncLifetime
{
    private const string ApiKey = "secret";
    private const string PollSecret = "poll-secret";
    private const string TokenSecret = "token-secret";

    private readonly ConcurrentDictionary<(string Channel, string Key), PolledItem> _prices = [];

    private readonly WebApplication _app;

    public SdkServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDuplex(static options =>
        {
            // What takes the better part of a minute otherwise is done at once.
            options.PositionCheckInterval = TimeSpan.FromMilliseconds(200);
            options.PresenceUpdateInterval = TimeSpan.FromMilliseconds(500);
            options.ExpiredSubscriptionDelay = TimeSpan.FromMilliseconds(500);
        }).AddTokens(static options => options.HmacSecretKey = TokenSecret).AddNamespace("chat", static ns =>
        {
            ns.HistorySize = 100;
            ns.HistoryTtl = TimeSpan.FromMinutes(5);
            ns.Recovery = ns.Presence = ns.JoinLeave = true;
            ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
            ns.AllowPublishForSubscriber = ns.AllowPresenceForSubscriber = ns.AllowHistoryForSubscriber = true;
            ns.AllowDelta = ns.DeltaPublish = true;
        }).AddNamespace("prices", static ns =>
        {
            ns.SubscriptionType = SubscriptionType.SharedPoll;
            ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
            ns.SharedPoll.HmacSecretKey = PollSecret;
            ns.SharedPoll.RefreshInterval = TimeSpan.FromMilliseconds(100);
            ns.AllowDelta = true;
        });
        builder.Services.AddDuplex().AddNamespace("ticks", static ns =>
        {
            ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
            (ns.MaxPaceDelay, ns.AllowPace) = (TimeSpan.FromSeconds(1), true);
        });
        AddMaps(builder.Services.AddDuplex());
        AddStreams(builder.Services.AddDuplex());
        _app = builder.Build();
        var hub = _app.MapDuplex();
        hub.OnConnect(static (Hello? hello) => ConnectDecision.Allow() with
        {
            User = hello?.Who,
            Data = new { hello = hello?.Who },
            Subscriptions = hello?.Channel is { } channel ? [channel] : [],
        });
        hub.MapRpc("add", static (Pair pair) => new { sum = pair.Left + pair.Right });
        hub.MapRpc("whoami", static (ClientContext client) => new { client.Id });
        hub.MapRpc("fail", static () => { throw new ClientException(450, "no luck"); });
        hub.MapRpc("throw", static () => { throw new InvalidOperationException("a fault of the application"); });
        hub.MapSharedPoll("prices:{market}", context => new(
            [.. context.Keys.Where(key => _prices.ContainsKey((context.Channel, key.Key))).Select(key => _prices[(context.Channel, key.Key)])]));
        hub.MapRpc("set-price", (Price price) =>
        {
            _prices[(price.Channel, price.Key)] = price.Value is { } value
                ? new PolledItem(price.Key, JsonSerializer.SerializeToUtf8Bytes(new { value, note = "what stays as it is, and is long enough to be copied" }), price.Version)
                : PolledItem.Removed(price.Key);
        });
        _app.MapDuplexApi(static options => options.Key = ApiKey);
    }

    public string Address => new Uri(_app.Urls.Single()).Authority;

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void AddStreams(DuplexBuilder duplex)
    {
        foreach (var name in (string[])["cache", "latest", "tagged", "short"])
        {
            duplex.AddNamespace(name, ns =>
            {
                (ns.HistorySize, ns.HistoryTtl, ns.Recovery) = (100, TimeSpan.FromMinutes(5), true);
                ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
                ns.RecoveryMode = name is "cache" or "latest" ? RecoveryMode.Cache : RecoveryMode.Stream;
                ns.AutoCacheRecover = name == "latest";
                ns.AllowTagsFilter = name == "tagged";
                ns.AllowChannelCompaction = ns.JoinLeave = ns.ForceJoinLeave = name == "short";
            });
        }
    }

    private static void AddMaps(DuplexBuilder duplex)
    {
        duplex
            .AddNamespace("board", static ns =>
            {
                ns.SubscriptionType = SubscriptionType.Map;
                ns.Map.Mode = MapMode.Persistent;
                ns.Map.StreamSize = 150;
                ns.Map.Ordered = true;
                ns.Map.AllowPublishForSubscriber = ns.Map.AllowRemoveForSubscriber = true;
                ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
                ns.AllowDelta = ns.DeltaPublish = true;
            })
            .AddNamespace("cursor", static ns =>
            {
                ns.SubscriptionType = SubscriptionType.Map;
                ns.Map.KeyTtl = TimeSpan.FromSeconds(1);
                ns.Map.ClientKey = MapClientKey.ClientId;
                ns.Map.RemoveClientOnUnsubscribe = true;
                ns.Map.AllowPublishForSubscriber = true;
                ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
            })
            .AddNamespace("game", static ns =>
            {
                ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
                ns.MapClientsPresencePrefix = "clients:";
                ns.MapUsersPresencePrefix = "users:";
            })
            .AddNamespace("clients", static ns =>
            {
                ns.SubscriptionType = SubscriptionType.MapClients;
                ns.Map.Mode = MapMode.Recoverable;
                ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
            })
            .AddNamespace("users", static ns =>
            {
                ns.SubscriptionType = SubscriptionType.MapUsers;
                ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
            });
    }

    private sealed record Hello(string? Who, string? Channel);

    private sealed record Pair(int Left, int Right);

    private sealed record Price(string Channel, string Key, int? Value, ulong Version);
}
