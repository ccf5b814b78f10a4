using System.Collections.Frozen;
using System.Text.Json;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Publications;

namespace Duplex.AspNetCore.Api;

/// <summary>The methods of the server API over the hub. A method returns what writes its result, or throws <see cref="ClientException"/>.</summary>
internal sealed class ApiMethods
{
    private readonly IHub _hub;
    private readonly FrozenDictionary<string, Func<ApiArguments, Task<ApiResult>>> _methods;

    public ApiMethods(IHub hub)
    {
        _hub = hub;
        var methods = new Dictionary<string, Func<ApiArguments, Task<ApiResult>>>(StringComparer.Ordinal)
        {
            ["publish"] = PublishAsync,
            ["broadcast"] = BroadcastAsync,
            ["subscribe"] = SubscribeAsync,
            ["unsubscribe"] = UnsubscribeAsync,
            ["disconnect"] = DisconnectAsync,
            ["refresh"] = RefreshAsync,
            ["presence"] = ReadPresenceAsync,
            ["presence_stats"] = CountPresenceAsync,
            ["history"] = ReadHistoryAsync,
            ["history_remove"] = RemoveHistoryAsync,
            ["shared_poll_publish"] = PublishItemAsync,
            ["channels"] = arguments => Task.FromResult(ApiResult.Channels(_hub.ListChannels(arguments.Text("pattern")))),
            ["rpc"] = CallAsync,
            ["info"] = _ => Task.FromResult(ApiResult.Node(_hub.Describe())),
        };
        new ApiMapMethods(hub).AddTo(methods);
        _methods = methods.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The methods there are, <c>batch</c> aside.</summary>
    public IReadOnlyCollection<string> Names => _methods.Keys;

    public Task<ApiResult> CallAsync(string method, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (!_methods.TryGetValue(method, out var call)) throw new ClientException(ClientErrors.MethodNotFound);
        if (arguments.ValueKind != JsonValueKind.Object) throw new ClientException(ApiRefusal.Bad("the arguments are not an object"));
        return call(new ApiArguments(arguments, cancellationToken));
    }

    private async Task<ApiResult> PublishAsync(ApiArguments arguments)
    {
        var result = await _hub.PublishAsync(arguments.Required("channel"), arguments.RequiredPayload("data"), OptionsOf(arguments)).ConfigureAwait(false);
        return ApiResult.Published(result);
    }

    private async Task<ApiResult> PublishItemAsync(ApiArguments arguments)
    {
        var isRemoved = arguments.Flag("removed");
        var key = arguments.Required("key");
        var item = isRemoved ? PolledItem.Removed(key) : new PolledItem(key, arguments.RequiredPayload("data"), arguments.Unsigned("version"));
        await _hub.PublishItemAsync(arguments.Required("channel"), item, arguments.CancellationToken).ConfigureAwait(false);
        return ApiResult.Empty;
    }

    private async Task<ApiResult> BroadcastAsync(ApiArguments arguments)
    {
        var channels = arguments.Texts("channels");
        if (channels.Count == 0) throw new ClientException(ApiRefusal.Bad("channels is missing"));
        var data = arguments.RequiredPayload("data");
        var options = OptionsOf(arguments);
        return ApiResult.Responses(await _hub.BroadcastAsync(channels, data, options, arguments.CancellationToken).ConfigureAwait(false));
    }

    private async Task<ApiResult> SubscribeAsync(ApiArguments arguments)
    {
        var subscription = new ServerSubscription(arguments.Required("channel"))
        {
            Info = arguments.Payload("info"),
            Data = arguments.Payload("data"),
            ExpiresAt = arguments.Moment("expire_at"),
            Overrides = OverridesOf(arguments.Object("override")),
        };
        await _hub.SubscribeAsync(UserOf(arguments), subscription, arguments.Selector(), arguments.Position("recover_since")).ConfigureAwait(false);
        return ApiResult.Empty;
    }

    private async Task<ApiResult> UnsubscribeAsync(ApiArguments arguments)
    {
        await _hub.UnsubscribeAsync(UserOf(arguments), arguments.Text("channel"), arguments.Selector()).ConfigureAwait(false);
        return ApiResult.Empty;
    }

    private async Task<ApiResult> DisconnectAsync(ApiArguments arguments)
    {
        Disconnect? disconnect = null;
        if (arguments.Object("disconnect") is { } given)
        {
            var code = given.Number("code");
            if (code is < 3000 or > 4999) throw new ClientException(ApiRefusal.Bad("disconnect codes are 3000 to 4999"));
            disconnect = Disconnect.Shortened((ushort)code, given.Text("reason") ?? "");
        }

        await _hub.DisconnectAsync(UserOf(arguments), disconnect, arguments.Selector()).ConfigureAwait(false);
        return ApiResult.Empty;
    }

    private async Task<ApiResult> RefreshAsync(ApiArguments arguments)
    {
        var expiry = arguments.Flag("expired") ? DateTimeOffset.UnixEpoch : arguments.Moment("expire_at");
        await _hub.RefreshAsync(UserOf(arguments), expiry, arguments.Selector(), arguments.Payload("info")).ConfigureAwait(false);
        return ApiResult.Empty;
    }

    private async Task<ApiResult> ReadPresenceAsync(ApiArguments arguments) =>
        ApiResult.Presence(await _hub.ReadPresenceAsync(arguments.Required("channel")).ConfigureAwait(false));

    private async Task<ApiResult> CountPresenceAsync(ApiArguments arguments) =>
        ApiResult.Stats(await _hub.CountPresenceAsync(arguments.Required("channel")).ConfigureAwait(false));

    private async Task<ApiResult> ReadHistoryAsync(ApiArguments arguments)
    {
        var limit = (int)Math.Clamp(arguments.Number("limit"), -1, int.MaxValue);
        var page = await _hub.ReadHistoryAsync(arguments.Required("channel"), limit, arguments.Position("since"), arguments.Flag("reverse")).ConfigureAwait(false);
        return ApiResult.History(page);
    }

    private async Task<ApiResult> RemoveHistoryAsync(ApiArguments arguments)
    {
        await _hub.RemoveHistoryAsync(arguments.Required("channel")).ConfigureAwait(false);
        return ApiResult.Empty;
    }

    private async Task<ApiResult> CallAsync(ApiArguments arguments) =>
        ApiResult.Called(await _hub.CallAsync(arguments.Required("method"), arguments.Payload("params"), arguments.CancellationToken).ConfigureAwait(false));

    private static PublishOptions OptionsOf(ApiArguments arguments) => new()
    {
        SkipHistory = arguments.Flag("skip_history"),
        Tags = arguments.Tags("tags"),
        IdempotencyKey = arguments.Text("idempotency_key") is { Length: > 0 } key ? key : null,
        Delta = arguments.Flag("delta"),
        Version = arguments.Unsigned("version"),
        VersionEpoch = arguments.Text("version_epoch"),
        Key = arguments.Text("key"),
    };

    private static SubscriptionOverrides OverridesOf(ApiArguments? arguments) => arguments is not { } given
        ? SubscriptionOverrides.None
        : new SubscriptionOverrides
        {
            Presence = given.Object("presence")?.Flag("value"),
            JoinLeave = given.Object("join_leave")?.Flag("value"),
            ForceJoinLeave = given.Object("force_push_join_leave")?.Flag("value"),
            Positioning = given.Object("force_positioning")?.Flag("value"),
            Recovery = given.Object("force_recovery")?.Flag("value"),
        };

    // The empty user is that of all anonymous clients, so it must be said: a call that names nobody is a mistake.
    private static string? UserOf(ApiArguments arguments) => arguments.Text("user") is { } user ? user
        : arguments.Selector() is { Client: null, Session: null }
            ? throw new ClientException(ApiRefusal.Bad("user is missing"))
            : null;
}
