using System.Reflection;

namespace CentralOps.Laws.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void Every_class_is_sealed_static_or_made_to_be_derived_from()
    {
        var open = House.WrittenTypes.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }).Select(type => type.FullName);
        open.ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_waits_takes_a_cancellation_token()
    {
        const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var deaf = House.WrittenTypes.Where(type => type.Assembly.GetName().Name is not "centralops").Where(type => !typeof(Delegate).IsAssignableFrom(type)).SelectMany(type => type.GetMethods(Own))
            .Where(method => !method.IsPrivate && !method.IsSpecialName && !EndsByItself(method) && Waits(method.ReturnType) && !method.Name.Contains('<', StringComparison.Ordinal) && !IsGivenByOthers(method))
            .Where(method => !method.GetParameters().Any(parameter => Hears(parameter.ParameterType)))
            .Select(method => $"{method.DeclaringType!.FullName}.{method.Name}");
        deaf.ShouldBeEmpty();
    }

    [Fact]
    public void No_source_file_outgrows_a_screenful_of_screens()
    {
        const int Most = 320;
        var long_ = Directory.GetFiles(Path.Combine(House.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(House.Root, path), Lines: File.ReadLines(path).Count())).Where(file => file.Lines > Most);
        long_.ShouldBeEmpty();
    }

    private static bool Waits(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));

    // A request's context carries its own RequestAborted.
    private static bool Hears(Type type) =>
        type == typeof(CancellationToken) || type.Name is "HttpContext"
        || type.GetProperties().Any(property => property.PropertyType == typeof(CancellationToken));

    // What Lambda has begun it ends, whether or not the caller waits: these are stopped through their worker, which has the token.
    private static bool EndsByItself(MethodInfo method) =>
        method.DeclaringType!.Namespace!.StartsWith("CentralOps.Sandbox.Lambda", StringComparison.Ordinal);

    // Signatures that a framework prescribes.
    private static bool IsGivenByOthers(MethodInfo method) =>
        method.Name is "DisposeAsync" or "Main" || method.GetBaseDefinition().DeclaringType!.Assembly != method.DeclaringType!.Assembly
        || (!method.DeclaringType.IsInterface && method.DeclaringType.GetInterfaces().Where(type => type.Namespace?.StartsWith("CentralOps", StringComparison.Ordinal) != true)
            .Any(type => method.DeclaringType.GetInterfaceMap(type).TargetMethods.Contains(method)));
}
