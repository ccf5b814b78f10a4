namespace Duplex.Messaging.Codes;

/// <summary>The error in the reply to a command that was refused. Errors are equal when the client would receive the same.</summary>
/// <param name="Code">100 to 399 for the hub (see <see cref="ClientErrors"/>), 400 to 1999 for applications.</param>
/// <param name="Message">A sentence for developers.</param>
/// <param name="IsTemporary">Whether the same command may succeed later.</param>
public sealed record ClientError(uint Code, string Message, bool IsTemporary = false)
{
    /// <summary>
    /// The cause and the remedy in one sentence. It is logged; the client receives it only with
    /// <see cref="HubOptions.EnableDetailedErrors"/>. Null: the sentence of the code.
    /// </summary>
    public string? Explanation { get; init; }

    /// <summary>Whether the operator can change the outcome; null: as the code defines.</summary>
    internal bool? IsForOperator { get; init; }

    /// <summary>Compares code, message and whether the error is temporary.</summary>
    public bool Equals(ClientError? other) =>
        other is not null && Code == other.Code && IsTemporary == other.IsTemporary && string.Equals(Message, other.Message, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Message, IsTemporary);

    /// <summary>Returns the same error with a specific explanation.</summary>
    internal ClientError Because(string explanation, bool? isForOperator = null) => this with { Explanation = explanation, IsForOperator = isForOperator };
}
