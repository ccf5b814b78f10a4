using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Duplex.Messaging;
using Duplex.Messaging.Codes;

namespace Duplex.AspNetCore.Binding;

/// <summary>Converts the result of a call's handler to the data of its reply, by the type that the handler declares.</summary>
internal static class ReplyReader
{
    public static object? Read<T>(T value, PayloadSerializer payloads) => value switch
    {
        null => null,
        ClientError => value,
        _ when typeof(T) == typeof(object) => payloads.SerializeObject(value),
        _ => payloads.Serialize(value),
    };

    /// <summary>Creates a <c>Func&lt;T, object?&gt;</c> for a type.</summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning)]
    [RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public static Delegate For(Type type, PayloadSerializer payloads)
    {
        var reader = Activator.CreateInstance(typeof(Typed<>).MakeGenericType(type), payloads)!;
        return reader.GetType().GetMethod(nameof(Typed<>.Read), BindingFlags.Instance | BindingFlags.Public)!
            .CreateDelegate(typeof(Func<,>).MakeGenericType(type, typeof(object)), reader);
    }

    private sealed class Typed<T>(PayloadSerializer payloads)
    {
        public object? Read(T value) => ReplyReader.Read(value, payloads);
    }
}
