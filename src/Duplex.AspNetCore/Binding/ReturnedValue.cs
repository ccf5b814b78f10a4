using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;

namespace Duplex.AspNetCore.Binding;

/// <summary>Turns what a handler returned into what the hub understands.</summary>
internal static class ReturnedValue
{
    public static object? Read<T>(T? value, HandlerKind kind, PayloadSerializer payloads) => value switch
    {
        null => null,
        ClientError or ReadOnlyMemory<byte> => value,
        byte[] bytes => (ReadOnlyMemory<byte>)bytes,
        bool or SubscribeReply or PublishReply or ConnectReply or RefreshReply or DateTimeOffset when kind == HandlerKind.Decision => value,
        _ when typeof(T) == typeof(object) => payloads.SerializeObject(value),
        _ => payloads.Serialize(value),
    };
}
