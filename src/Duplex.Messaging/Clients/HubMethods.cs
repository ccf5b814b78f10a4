using System.Buffers;
using System.Text.Json;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Clients;

/// <summary>The methods that the hub itself provides to clients. Called on the client's shard.</summary>
internal static class HubMethods
{
    /// <summary>The prefix of their names, which no method of an application has.</summary>
    public const string Prefix = "duplex.";

    /// <summary>Returns the state of the client's subscription: <c>{"channel":"news"}</c> returns <c>{"skipped":12,"pace":{"delay_ms":250,"latest":true}}</c>.</summary>
    public const string Subscription = "duplex.subscription";

    public static Outcome<RpcResult> Call(Client client, string method, ReadOnlyMemory<byte> data)
    {
        if (method != Subscription) return ClientErrors.MethodNotFound;
        if (ChannelOf(data) is not { Length: > 0 } channel) return ClientErrors.BadRequest.Because($"The data of {Subscription} is not an object such as {{\"channel\":\"news\"}}.");
        if (client.StatusOf(channel) is not { } status) return ClientErrors.PermissionDenied.Because("The client is not subscribed to the channel.", false);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("skipped", status.Skipped);
            if (status.Pace is { } pace)
            {
                json.WriteStartObject("pace");
                json.WriteNumber("delay_ms", (long)pace.Delay.TotalMilliseconds);
                json.WriteBoolean("latest", pace.LatestOnly);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return new RpcResult { Data = bytes.WrittenMemory };
    }

    private static string? ChannelOf(ReadOnlyMemory<byte> data)
    {
        try
        {
            using var json = JsonDocument.Parse(data, new JsonDocumentOptions { MaxDepth = JsonData.MaxDepth });
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("channel", out var channel) && channel.ValueKind == JsonValueKind.String
                    ? channel.GetString()
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The data is not JSON, or contains an unpaired surrogate.
            return null;
        }
    }
}
