namespace Duplex.Testing.Contracts;

/// <summary>Marks a test of a guarantee that the documentation of an interface lists.</summary>
/// <param name="name">The guarantee's term in that list.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class GuaranteeAttribute(string name) : Attribute
{
    /// <summary>The guarantee's term in the list.</summary>
    public string Name { get; } = name;
}
