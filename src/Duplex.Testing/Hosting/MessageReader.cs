using System.Buffers;
using System.Text.Json;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Publications;

namespace Duplex.Testing.Hosting;

/// <summary>Parses the hub's messages in its JSON dialect, by the names of the wire format.</summary>
internal static class MessageReader
{
    public static TestPush ReadPush(JsonElement push, PayloadSerializer payloads)
    {
        var channel = Text(push, "channel");
        var body = push.EnumerateObject().First(static member => member.Value.ValueKind == JsonValueKind.Object);
        return body.Name switch
        {
            "pub" => ReadPublication(body.Value, channel, payloads),
            "join" => new TestPush(TestPushKind.Join, payloads) { Channel = channel, Info = ReadInfo(body.Value.GetProperty("info")) },
            "leave" => new TestPush(TestPushKind.Leave, payloads) { Channel = channel, Info = ReadInfo(body.Value.GetProperty("info")) },
            "subscribe" => new TestPush(TestPushKind.Subscribe, payloads) { Channel = channel, Data = Payload(body.Value, "data") },
            "unsubscribe" => End(TestPushKind.Unsubscribe),
            "message" => new TestPush(TestPushKind.Message, payloads) { Data = Payload(body.Value, "data") },
            "refresh" => new TestPush(TestPushKind.Refresh, payloads),
            "disconnect" => End(TestPushKind.Disconnect),
            _ => throw new InvalidOperationException($"The hub sent a push that this version does not support: {push.GetRawText()}"),
        };

        TestPush End(TestPushKind kind) => new(kind, payloads)
        {
            Channel = channel,
            Code = body.Value.TryGetProperty("code", out var code) ? code.GetInt32() : 0,
            Reason = Text(body.Value, "reason"),
        };
    }

    public static TestSubscription ReadSubscription(JsonElement reply, string channel, PayloadSerializer payloads) => new(payloads)
    {
        Data = Payload(reply, "data"),
        IsRecoverable = Flag(reply, "recoverable"),
        IsRecovered = Flag(reply, "recovered"),
        Publications = ReadPublications(reply, channel, payloads),
        Position = new StreamPosition(Number(reply, "offset"), Text(reply, "epoch")),
    };

    public static IReadOnlyList<TestPush> ReadPublications(JsonElement reply, string channel, PayloadSerializer payloads) =>
        reply.TryGetProperty("publications", out var publications)
            ? [.. publications.EnumerateArray().Select(one => ReadPublication(one, channel, payloads))]
            : [];

    public static ClientInfo ReadInfo(JsonElement info) =>
        new(Text(info, "user"), Text(info, "client"), Payload(info, "conn_info"), Payload(info, "chan_info"));

    public static ClientError ReadError(JsonElement error) =>
        new(error.GetProperty("code").GetUInt32(), Text(error, "message"), Flag(error, "temporary"));

    public static ReadOnlyMemory<byte> Payload(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? System.Text.Encoding.UTF8.GetBytes(value.GetRawText()) : default;

    /// <summary>Creates the disconnect push of transports without close codes, so that every end reaches a test as a push.</summary>
    public static JsonElement Disconnected(Disconnect disconnect)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartObject("disconnect");
            json.WriteNumber("code", disconnect.Code);
            json.WriteString("reason", disconnect.Reason);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(text.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static TestPush ReadPublication(JsonElement publication, string channel, PayloadSerializer payloads) =>
        new(TestPushKind.Publication, payloads)
        {
            Channel = channel,
            Data = Payload(publication, "data"),
            Offset = Number(publication, "offset"),
            Info = publication.TryGetProperty("info", out var info) ? ReadInfo(info) : null,
            Tags = publication.TryGetProperty("tags", out var tags)
                ? tags.EnumerateObject().ToDictionary(static tag => tag.Name, static tag => tag.Value.GetString()!)
                : new Dictionary<string, string>(),
        };

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static bool Flag(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.GetBoolean();

    private static ulong Number(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetUInt64() : 0;
}
