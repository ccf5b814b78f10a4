namespace Duplex.Conformance.Tests.Rules;

/// <summary>The rules of docs/protocol that a test proves.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RuleAttribute(params string[] ids) : Attribute
{
    public IReadOnlyList<string> Ids { get; } = ids;
}
