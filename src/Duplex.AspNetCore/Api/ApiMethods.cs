using System.Collections.Frozen;
using System.Text.Json;
using Duplex.AspNetCore.Json;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Publications;

namespace Duplex.AspNetCore.Api;

/// <summary>Implements the methods of the server API. A method returns its result, or throws <see cref="ClientException"/>.</summary>
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
            ["channels"] = arguments => Task.FromResult(ApiResult.Channels(_hub.Channels.List(arguments.Text("pattern")))),
            ["rpc"] = CallAsync,
            ["info"] = _ => Task.FromResult(ApiResult.Node(_hub.Describe())),
        };
        new ApiMapMethods(hub).AddTo(methods);
        _methods = methods.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The names of all methods except <c>batch</c>.</summary>
    public IReadOnlyCollection<string> Names => _methods.Keys;

    public Task<ApiResult> CallAsync(string method, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (!_methods.TryGetValue(method, out var call)) throw new ClientException(ClientErrors.MethodNotFound);
        if (arguments.ValueKind != JsonValueKind.Object) throw new ClientException(ApiRefusal.Bad("the arguments are not an object"));
        return call(new ApiArguments(new JsonObject(arguments), cancellationToken));
    }

    private async Task<ApiResult> PublishAsync(ApiArguments arguments)
    {
        var result = await _hub.PublishAsync(arguments.Required("channel"), arguments.RequiredPayload("data"), OptionsOf(arguments), arguments.CancellationToken).ConfigureAwait(false);
        return ApiResult.Published(result);
    }

    private async Task<ApiResult> PublishItemAsync(ApiArguments arguments)
    {
        var isRemoved = arguments.Flag("removed");
        var key = arguments.Required("key");
        var item = isRemoved ? PolledItem.Removed(key) : new PolledItem(key, arguments.RequiredPayload("data"), arguments.Unsigned("version"));
        await _hub.Polls.PublishAsync(arguments.Required("channel"), item, arguments.CancellationToken).ConfigureAwait(false);
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
        await _hub.Clients
            .SubscribeAsync(SelectorOf(arguments), subscription, arguments.Position("recover_since"), arguments.CancellationToken)
            .ConfigureAwait(false);
        return ApiResult.Empty;
    }

    private async Task<ApiResult> UnsubscribeAsync(ApiArguments arguments)
    {
        var clients = SelectorOf(arguments);
        await (arguments.Text("channel") is { Length: > 0 } channel
            ? _hub.Clients.UnsubscribeAsync(clients, channel, reason: null, arguments.CancellationToken)
            : _hub.Clients.UnsubscribeFromAllAsync(clients, reason: null, arguments.CancellationToken)).ConfigureAwait(false);
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

        await _hub.Clients.DisconnectAsync(SelectorOf(arguments), disconnect, arguments.CancellationToken).ConfigureAwait(false);
        return ApiResult.Empty;
    }

    private async Task<ApiResult> RefreshAsync(ApiArguments arguments)
    {
        var expiry = arguments.Flag("expired") ? DateTimeOffset.UnixEpoch : arguments.Moment("expire_at");
        await _hub.Clients.RefreshAsync(SelectorOf(arguments), expiry, arguments.Payload("info"), arguments.CancellationToken).ConfigureAwait(false);
        return ApiResult.Empty;
    }

    private async Task<ApiResult> ReadPresenceAsync(ApiArguments arguments) =>
        ApiResult.Presence(await _hub.Channels.ReadPresenceAsync(arguments.Required("channel"), arguments.CancellationToken).ConfigureAwait(false));

    private async Task<ApiResult> CountPresenceAsync(ApiArguments arguments) =>
        ApiResult.Stats(await _hub.Channels.CountPresenceAsync(arguments.Required("channel"), arguments.CancellationToken).ConfigureAwait(false));

    private async Task<ApiResult> ReadHistoryAsync(ApiArguments arguments)
    {
        var page = await _hub.Channels
            .ReadHistoryAsync(
                arguments.Required("channel"), arguments.Limit(), arguments.Position("since"), arguments.Flag("reverse"), arguments.CancellationToken)
            .ConfigureAwait(false);
        return ApiResult.History(page);
    }

    private async Task<ApiResult> RemoveHistoryAsync(ApiArguments arguments)
    {
        await _hub.Channels.RemoveHistoryAsync(arguments.Required("channel"), arguments.CancellationToken).ConfigureAwait(false);
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
        : OverridesReader.Read(name => given.Object(name)?.Flag("value"), PaceOf(given.Object("pace")?.Object("value")));

    private static SubscriptionPace? PaceOf(ApiArguments? arguments) => arguments is not { } given
        ? null
        : OverridesReader.PaceOf(given.RequiredNumber("delay_ms"), given.Flag("latest"));

    // A call without user, client and session is refused. The empty user selects anonymous clients.
    private static ClientSelector SelectorOf(ApiArguments arguments)
    {
        var (user, client, session) = (arguments.Text("user"), arguments.Text("client"), arguments.Text("session"));
        var selector = user is { Length: > 0 } ? ClientSelector.ForUser(user)
            : user is not null ? ClientSelector.Anonymous
            : client is { Length: > 0 } ? ClientSelector.ForClient(client)
            : session is { Length: > 0 } ? ClientSelector.ForSession(session)
            : throw new ClientException(ApiRefusal.Bad("user is missing"));
        return selector with
        {
            Client = client is { Length: > 0 } ? client : null,
            Session = session is { Length: > 0 } ? session : null,
            Except = arguments.Texts("whitelist"),
        };
    }
}
