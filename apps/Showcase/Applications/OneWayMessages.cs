using System.Text.Json;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;

namespace Showcase.Applications;

/// <summary>Passes one-way messages of clients to the applications. A message is an object with one field, whose name is the application's.</summary>
internal static class OneWayMessages
{
    /// <summary>Ends the connection of a client whose message no application accepts; it would send it again.</summary>
    public static readonly Disconnect Malformed = new(4500, "The message is not one of an application.");

    /// <summary>Maps the messages of all applications.</summary>
    public static void MapMessages(this DuplexEndpointConventionBuilder hub, IReadOnlyList<IApplication> applications)
    {
        var receivers = applications.SelectMany(application => application.ReceiversOf(hub.ServiceProvider)).ToDictionary();
        hub.OnMessage(context =>
        {
            if (!Receive(context.Client, context.Data, receivers)) context.Client.Disconnect(Malformed);
            return default;
        });
    }

    private static bool Receive(ClientContext client, ReadOnlyMemory<byte> data, Dictionary<string, MessageReceiver> receivers)
    {
        try
        {
            var reader = new Utf8JsonReader(data.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName) return false;
            if (!receivers.TryGetValue(reader.GetString()!, out var receive) || !reader.Read()) return false;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return receive(client, data[start..(int)reader.BytesConsumed]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
