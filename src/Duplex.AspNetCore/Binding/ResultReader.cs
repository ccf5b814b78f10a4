using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Duplex.Messaging;

namespace Duplex.AspNetCore.Binding;

/// <summary>Reads what delegates return by the type they declare.</summary>
[RequiresUnreferencedCode(HandlerBinder.TrimWarning)]
[RequiresDynamicCode(HandlerBinder.TrimWarning)]
internal static class ResultReader
{
    public static Func<object?, ValueTask<object?>> For(Type returnType, HandlerKind kind, PayloadSerializer payloads)
    {
        if (returnType == typeof(void)) return static _ => default;
        if (returnType == typeof(Task)) return static result => new(WaitAsync((Task)result!));
        if (returnType == typeof(ValueTask)) return static result => new(WaitAsync(((ValueTask)result!).AsTask()));

        var definition = returnType.IsGenericType ? returnType.GetGenericTypeDefinition() : null;
        var isTask = definition == typeof(Task<>);
        var isValueTask = definition == typeof(ValueTask<>);
        var valueType = isTask || isValueTask ? returnType.GetGenericArguments()[0] : returnType;
        var reader = Activator.CreateInstance(typeof(Reader<>).MakeGenericType(valueType), kind, payloads)!;
        var method = isTask ? nameof(Reader<>.FromTaskAsync) : isValueTask ? nameof(Reader<>.FromValueTaskAsync) : nameof(Reader<>.FromValue);
        return reader.GetType().GetMethod(method, BindingFlags.Instance | BindingFlags.Public)!
            .CreateDelegate<Func<object?, ValueTask<object?>>>(reader);
    }

    private static async Task<object?> WaitAsync(Task task)
    {
        await task.ConfigureAwait(false);
        return null;
    }

    private sealed class Reader<T>(HandlerKind kind, PayloadSerializer payloads)
    {
        public ValueTask<object?> FromValue(object? result) => new(Read((T?)result));

        public async ValueTask<object?> FromTaskAsync(object? result) => Read(await ((Task<T>)result!).ConfigureAwait(false));

        public ValueTask<object?> FromValueTaskAsync(object? result)
        {
            var task = (ValueTask<T>)result!;
            return task.IsCompletedSuccessfully ? new(Read(task.Result)) : WaitAsync(task);
        }

        private async ValueTask<object?> WaitAsync(ValueTask<T> task) => Read(await task.ConfigureAwait(false));

        private object? Read(T? value) => ReturnedValue.Read(value, kind, payloads);
    }
}
