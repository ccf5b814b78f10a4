using System.Diagnostics.CodeAnalysis;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Errors;

/// <summary>The outcome of a command: a value, an error for its reply, or the end of the connection.</summary>
/// <typeparam name="T">The value's type.</typeparam>
internal readonly struct Outcome<T>
    where T : class
{
    /// <summary>The value of a command that succeeded; null otherwise.</summary>
    public T? Value { get; internal init; }

    /// <summary>The error of the reply; null when there is none.</summary>
    public ClientError? Error { get; internal init; }

    /// <summary>The code and reason with which the connection ends; null when it stays open.</summary>
    public Disconnect? Disconnect { get; internal init; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsSuccess => Value is not null;

    /// <summary>Converts a value to a success.</summary>
    public static implicit operator Outcome<T>(T value) => FromValue(value);

    /// <summary>Converts an error to a failure.</summary>
    public static implicit operator Outcome<T>(ClientError error) => new() { Error = error };

    /// <summary>Converts a disconnect to a failure that ends the connection.</summary>
    public static implicit operator Outcome<T>(Disconnect disconnect) => new() { Disconnect = disconnect };

    /// <summary>Makes a success of a type that cannot be the source of a conversion, such as an interface.</summary>
    internal static Outcome<T> FromValue(T value) => new() { Value = value };

    /// <summary>Returns the same failure for a command with another type of value.</summary>
    public Outcome<TOther> Failure<TOther>()
        where TOther : class =>
        new() { Error = Error, Disconnect = Disconnect };
}
