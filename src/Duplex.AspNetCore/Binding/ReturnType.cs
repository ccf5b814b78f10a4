using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Duplex.AspNetCore.Binding;

/// <summary>Represents the return type of a delegate, without the task around it.</summary>
[RequiresUnreferencedCode(HandlerBinder.TrimWarning)]
[RequiresDynamicCode(HandlerBinder.TrimWarning)]
internal sealed class ReturnType
{
    private readonly Type _declared;

    public ReturnType(Type declared)
    {
        _declared = declared;
        var definition = declared.IsGenericType ? declared.GetGenericTypeDefinition() : null;
        IsNothing = declared == typeof(void) || declared == typeof(Task) || declared == typeof(ValueTask);
        Value = definition == typeof(Task<>) || definition == typeof(ValueTask<>) ? declared.GetGenericArguments()[0] : declared;
    }

    /// <summary>Whether the delegate returns no value.</summary>
    public bool IsNothing { get; }

    /// <summary>The type of the value.</summary>
    public Type Value { get; }

    /// <summary>Awaits a result without a value.</summary>
    public static async ValueTask ReadNothingAsync(object? result)
    {
        if (result is Task task) await task.ConfigureAwait(false);
        else if (result is ValueTask valueTask) await valueTask.ConfigureAwait(false);
    }

    /// <summary>Creates a function that awaits and converts a result.</summary>
    /// <typeparam name="TResult">The result type of the handler.</typeparam>
    /// <param name="converter">A <c>Func&lt;Value, TResult&gt;</c>.</param>
    public Func<object?, ValueTask<TResult>> Reader<TResult>(Delegate converter)
    {
        var reader = Activator.CreateInstance(typeof(Reading<,>).MakeGenericType(Value, typeof(TResult)), converter)!;
        var method = _declared == Value ? nameof(Reading<,>.FromValue)
            : _declared.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(Reading<,>.FromTaskAsync) : nameof(Reading<,>.FromValueTaskAsync);
        return reader.GetType().GetMethod(method, BindingFlags.Instance | BindingFlags.Public)!.CreateDelegate<Func<object?, ValueTask<TResult>>>(reader);
    }

    private sealed class Reading<T, TResult>(Func<T, TResult> convert)
    {
        public ValueTask<TResult> FromValue(object? result) => new(convert((T)result!));

        public async ValueTask<TResult> FromTaskAsync(object? result) => convert(await ((Task<T>)result!).ConfigureAwait(false));

        public ValueTask<TResult> FromValueTaskAsync(object? result)
        {
            var task = (ValueTask<T>)result!;
            return task.IsCompletedSuccessfully ? new(convert(task.Result)) : WaitAsync(task);
        }

        private async ValueTask<TResult> WaitAsync(ValueTask<T> task) => convert(await task.ConfigureAwait(false));
    }
}
