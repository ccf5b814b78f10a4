using System.Text.Json;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Operations;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;

namespace Duplex.AspNetCore.Api;

/// <summary>The result of a method, which writes its members into an object.</summary>
internal sealed class ApiResult(Action<Utf8JsonWriter> write)
{
    public static ApiResult Empty { get; } = new(static _ => { });

    public void WriteFields(Utf8JsonWriter json) => write(json);

    public static ApiResult Published(PublishResult result) => new(json =>
    {
        WritePosition(json, result.Position);
    });

    public static ApiResult Responses(IReadOnlyList<BroadcastResult> responses) => new(json =>
    {
        json.WriteStartArray("responses");
        foreach (var response in responses)
        {
            json.WriteStartObject();
            if (response.Error is { } error) WriteError(json, error);
            else WriteObject(json, "result", Published(response.Published));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static ApiResult Called(ReadOnlyMemory<byte> data) => new(json =>
    {
        if (!data.IsEmpty) WritePayload(json, "data", data);
    });

    public static ApiResult Channels(IReadOnlyDictionary<string, int> channels) => new(json =>
    {
        json.WriteStartObject("channels");
        foreach (var (name, count) in channels)
        {
            json.WriteStartObject(name);
            json.WriteNumber("num_clients", count);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    public static ApiResult Presence(IReadOnlyDictionary<string, ClientInfo> presence) => new(json =>
    {
        json.WriteStartObject("presence");
        foreach (var (id, info) in presence)
        {
            json.WritePropertyName(id);
            WriteInfo(json, info);
        }

        json.WriteEndObject();
    });

    public static ApiResult Stats(PresenceStats stats) => new(json =>
    {
        json.WriteNumber("num_clients", stats.Clients);
        json.WriteNumber("num_users", stats.Users);
    });

    public static ApiResult History(HistoryPage page) => new(json =>
    {
        WritePublications(json, "publications", page.Publications);
        json.WriteString("epoch", page.Position.Epoch);
        json.WriteNumber("offset", page.Position.Offset);
    });

    public static ApiResult Node(NodeInfo node) => new(json =>
    {
        json.WriteStartArray("nodes");
        json.WriteStartObject();
        json.WriteString("uid", node.Id);
        json.WriteString("name", Environment.MachineName);
        json.WriteString("version", typeof(ApiResult).Assembly.GetName().Version?.ToString(3));
        json.WriteNumber("num_clients", node.Clients);
        json.WriteNumber("num_users", node.Users);
        json.WriteNumber("num_channels", node.Channels);
        json.WriteNumber("num_subs", node.Subscriptions);
        json.WriteNumber("uptime", (long)node.Uptime.TotalSeconds);
        json.WriteStartObject("metrics");
        json.WriteNumber("interval", node.Uptime.TotalSeconds);
        json.WriteStartObject("items");
        foreach (var (name, value) in node.Metrics) json.WriteNumber(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("process");
        json.WriteNumber("rss", Environment.WorkingSet);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    public static void WriteObject(Utf8JsonWriter json, string name, ApiResult result)
    {
        json.WriteStartObject(name);
        result.WriteFields(json);
        json.WriteEndObject();
    }

    public static void WriteError(Utf8JsonWriter json, ClientError error)
    {
        json.WriteStartObject("error");
        json.WriteNumber("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }

    public static void WritePublications(Utf8JsonWriter json, string name, IReadOnlyList<Publication> publications)
    {
        json.WriteStartArray(name);
        foreach (var publication in publications) WritePublication(json, publication);
        json.WriteEndArray();
    }

    /// <summary>Writes a position; writes nothing if there is no stream.</summary>
    public static void WritePosition(Utf8JsonWriter json, StreamPosition position)
    {
        if (string.IsNullOrEmpty(position.Epoch)) return;
        json.WriteNumber("offset", position.Offset);
        json.WriteString("epoch", position.Epoch);
    }

    private static void WritePublication(Utf8JsonWriter json, Publication publication)
    {
        json.WriteStartObject();
        if (publication.Key is { } key) json.WriteString("key", key);
        if (publication.IsRemoval) json.WriteBoolean("removed", true);
        else if (!publication.Data.IsEmpty) WritePayload(json, "data", publication.Data, publication.IsJson);
        if (publication.Score != 0) json.WriteNumber("score", publication.Score);
        json.WriteNumber("offset", publication.Offset);
        json.WriteNumber("time", publication.Time);
        if (publication.Info is { } info)
        {
            json.WritePropertyName("info");
            WriteInfo(json, info);
        }

        if (publication.Tags is { } tags)
        {
            json.WriteStartObject("tags");
            foreach (var (name, value) in tags) json.WriteString(name, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteInfo(Utf8JsonWriter json, ClientInfo info)
    {
        json.WriteStartObject();
        json.WriteString("user", info.User);
        json.WriteString("client", info.Client);
        if (!info.ConnectionInfo.IsEmpty) WritePayload(json, "conn_info", info.ConnectionInfo);
        if (!info.ChannelInfo.IsEmpty) WritePayload(json, "chan_info", info.ChannelInfo);
        json.WriteEndObject();
    }

    // A payload that is not JSON, from a Protobuf client, is written in base64 under the name with the prefix b64.
    private static void WritePayload(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> payload, bool isJson = false)
    {
        if (!isJson && !JsonData.IsJson(payload.Span))
        {
            json.WriteBase64String("b64" + name, payload.Span);
            return;
        }

        json.WritePropertyName(name);
        json.WriteRawValue(payload.Span, skipInputValidation: true);
    }
}
