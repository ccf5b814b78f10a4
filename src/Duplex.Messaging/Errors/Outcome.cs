using System.Diagnostics.CodeAnalysis;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Errors;

/// <summary>What became of a command: a value, an error for its reply, or the end of the connection.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Outcome<T>
    where T : class
{
    /// <summary>The value of a command that succeeded; null otherwise.</summary>
    public T? Value { get; internal init; }

    /// <summary>The error to reply; null when there is none.</summary>
    public ClientError? Error { get; internal init; }

    /// <summary>The reason to end the connection; null to keep it.</summary>
    public Disconnect? Disconnect { get; internal init; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsSuccess => Value is not null;

    /// <summary>Success.</summary>
    public static implicit operator Outcome<T>(T value) => FromValue(value);

    /// <summary>An error.</summary>
    public static implicit operator Outcome<T>(ClientError error) => new() { Error = error };

    /// <summary>The end of the connection.</summary>
    public static implicit operator Outcome<T>(Disconnect disconnect) => new() { Disconnect = disconnect };

    /// <summary>Success, for types that no conversion can start from, such as interfaces.</summary>
    internal static Outcome<T> FromValue(T value) => new() { Value = value };

    /// <summary>The same failure of a command of another kind.</summary>
    public Outcome<TOther> Failure<TOther>()
        where TOther : class =>
        new() { Error = Error, Disconnect = Disconnect };
}
