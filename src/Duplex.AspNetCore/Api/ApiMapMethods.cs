using Duplex.Messaging;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;

namespace Duplex.AspNetCore.Api;

/// <summary>Implements the methods of the server API for maps.</summary>
internal sealed class ApiMapMethods(IHub hub)
{
    public void AddTo(IDictionary<string, Func<ApiArguments, Task<ApiResult>>> methods)
    {
        methods["map_publish"] = PublishAsync;
        methods["map_remove"] = RemoveAsync;
        methods["map_read_state"] = ReadStateAsync;
        methods["map_read_stream"] = ReadStreamAsync;
        methods["map_stats"] = CountAsync;
        methods["map_clear"] = ClearAsync;
    }

    private async Task<ApiResult> PublishAsync(ApiArguments arguments)
    {
        var options = new MapPublishOptions
        {
            Score = arguments.Number("score"),
            KeyMode = KeyModeOf(arguments),
            Tags = arguments.Tags("tags"),
            IdempotencyKey = IdempotencyKeyOf(arguments),
            Version = arguments.Unsigned("version"),
            VersionEpoch = arguments.Text("version_epoch"),
            Delta = arguments.Flag("delta"),
        };
        var (channel, key, data) = (arguments.Required("channel"), arguments.Required("key"), arguments.RequiredPayload("data"));
        return Changed(await hub.Maps.PublishAsync(channel, key, data, options, arguments.CancellationToken).ConfigureAwait(false));
    }

    private async Task<ApiResult> RemoveAsync(ApiArguments arguments)
    {
        var (channel, key) = (arguments.Required("channel"), arguments.Required("key"));
        return Changed(await hub.Maps.RemoveAsync(channel, key, IdempotencyKeyOf(arguments), arguments.CancellationToken).ConfigureAwait(false));
    }

    private async Task<ApiResult> ReadStateAsync(ApiArguments arguments)
    {
        var key = arguments.Text("key") is { Length: > 0 } one ? one : null;
        var query = new MapStateQuery(arguments.Limit(), arguments.Text("cursor"), arguments.Flag("asc"), key);
        var page = await hub.Maps.ReadStateAsync(arguments.Required("channel"), query, arguments.CancellationToken).ConfigureAwait(false);

        // A map that was cleared between two pages has another epoch: the pages are inconsistent.
        if (arguments.Text("revision_epoch") is { Length: > 0 } revision && revision != page.Position.Epoch)
        {
            throw new ClientException(ClientErrors.UnrecoverablePosition);
        }

        return new ApiResult(json =>
        {
            ApiResult.WritePublications(json, "entries", page.Entries);
            ApiResult.WritePosition(json, page.Position);
            if (page.Cursor.Length > 0) json.WriteString("cursor", page.Cursor);
        });
    }

    private async Task<ApiResult> ReadStreamAsync(ApiArguments arguments)
    {
        var since = arguments.Position("since");
        var (offset, epoch) = (arguments.Unsigned("since_offset"), arguments.Text("since_epoch") ?? "");
        if (offset > 0 || epoch.Length > 0) since = new StreamPosition(offset, epoch);
        var page = await hub
            .Maps.ReadStreamAsync(arguments.Required("channel"), arguments.Limit(), since, arguments.Flag("reverse"), arguments.CancellationToken)
            .ConfigureAwait(false);
        return ApiResult.History(page);
    }

    private async Task<ApiResult> CountAsync(ApiArguments arguments)
    {
        var count = await hub.Maps.CountAsync(arguments.Required("channel"), arguments.CancellationToken).ConfigureAwait(false);
        return new ApiResult(json => json.WriteNumber("num_keys", count));
    }

    private async Task<ApiResult> ClearAsync(ApiArguments arguments)
    {
        await hub.Maps.ClearAsync(arguments.Required("channel"), arguments.CancellationToken).ConfigureAwait(false);
        return ApiResult.Empty;
    }

    private static ApiResult Changed(MapPublishResult result) => new(json =>
    {
        ApiResult.WritePosition(json, result.Position);
        if (result.Suppression == MapSuppression.None) return;
        json.WriteBoolean("suppressed", true);
        json.WriteString("suppress_reason", result.Suppression switch
        {
            MapSuppression.Idempotency => "idempotency",
            MapSuppression.Version => "version",
            MapSuppression.KeyExists => "key_exists",
            _ => "key_not_found",
        });
    });

    private static MapKeyMode KeyModeOf(ApiArguments arguments) => arguments.Text("key_mode") switch
    {
        null or "" => MapKeyMode.Replace,
        "if_new" => MapKeyMode.IfNew,
        "if_exists" => MapKeyMode.IfExists,
        _ => throw new ClientException(ApiRefusal.Bad("key_mode is neither if_new nor if_exists")),
    };

    private static string? IdempotencyKeyOf(ApiArguments arguments) => arguments.Text("idempotency_key") is { Length: > 0 } key ? key : null;
}
