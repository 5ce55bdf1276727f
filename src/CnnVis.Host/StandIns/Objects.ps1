# Stand-ins for the commands of Microsoft.PowerShell.Utility that pick, order and count objects.

# The value of a property: by name, by script block, or by @{ Name = ...; Expression = ... }.
function GetPropertyValue {
    param($InputObject, $Property)
    $expression = if ($Property -is [System.Collections.IDictionary]) { $Property.Expression } else { $Property }
    if ($expression -is [scriptblock]) { return $InputObject | ForEach-Object $expression }
    if ($null -eq $expression) { return $InputObject }
    $InputObject.$expression
}

function Select-Object {
    [CmdletBinding(DefaultParameterSetName = 'Property')]
    param(
        [Parameter(ValueFromPipeline)] [psobject] $InputObject,
        [Parameter(Position = 0, ParameterSetName = 'Property')] [object[]] $Property,
        [Parameter(Mandatory, ParameterSetName = 'Expand')] [string] $ExpandProperty,
        [int] $First = -1, [int] $Last = -1, [int] $Skip, [switch] $Unique
    )
    begin { $all = [System.Collections.Generic.List[object]]::new() }
    process { $all.Add($InputObject) }
    end {
        $start = [Math]::Min($Skip, $all.Count)
        $picked = $all.GetRange($start, $all.Count - $start)
        if ($Last -ge 0) { $picked = $all.GetRange([Math]::Max(0, $all.Count - $Skip - $Last), [Math]::Min($Last, [Math]::Max(0, $all.Count - $Skip))) }
        if ($First -ge 0) { $picked = $picked.GetRange(0, [Math]::Min($First, $picked.Count)) }

        $seen = [System.Collections.Generic.List[object]]::new()
        foreach ($item in $picked) {
            $selected = if ($ExpandProperty) {
                if (-not $item.PSObject.Properties[$ExpandProperty]) {
                    $exception = [System.Management.Automation.PSArgumentException]::new("Property ""$ExpandProperty"" cannot be found.")
                    $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($exception, 'ExpandPropertyNotFound', 'InvalidArgument', $item))
                    continue
                }
                $item.$ExpandProperty
            }
            elseif ($Property) {
                $values = [ordered]@{}
                foreach ($one in $Property) {
                    if ($one -is [System.Collections.IDictionary]) { $values[[string]$one.Name] = GetPropertyValue $item $one }
                    elseif ($one -is [string] -and $one.Contains('*')) { foreach ($match in $item.PSObject.Properties.Match($one)) { $values[$match.Name] = $match.Value } }
                    else { $values["$one"] = GetPropertyValue $item $one }
                }
                [pscustomobject]$values
            }
            else { , $item }

            foreach ($one in $selected) {
                if (-not $Unique) { $one; continue }
                if ($one -is [System.Management.Automation.PSCustomObject]) { $key = @($one.PSObject.Properties.ForEach({ "$($_.Name)=$($_.Value)" })) -join "`n" } else { $key = $one }
                if (-not $seen.Exists([Predicate[object]] { param($other) $other -ceq $key })) { $seen.Add($key); $one }
            }
        }
    }
}

function Sort-Object {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] [psobject] $InputObject,
        [Parameter(Position = 0)] [object[]] $Property = @($null),
        [switch] $Descending, [switch] $Unique
    )
    begin { $all = [System.Collections.Generic.List[object]]::new() }
    process { $all.Add(@{ Item = $InputObject; Index = $all.Count; Keys = @(foreach ($one in $Property) { , (GetPropertyValue $InputObject $one) }) }) }
    end {
        $directions = @(foreach ($one in $Property) { if ($one -is [System.Collections.IDictionary] -and $one.Contains('Descending')) { [bool]$one.Descending } else { $Descending.IsPresent } })
        $compareKeys = {
            param($left, $right)
            for ($i = 0; $i -lt $directions.Count; $i++) {
                $order = [System.Management.Automation.LanguagePrimitives]::Compare($left.Keys[$i], $right.Keys[$i], $true)
                if ($order) { return $(if ($directions[$i]) { -$order } else { $order }) }
            }
            0
        }
        # Items that compare equal keep their order.
        $all.Sort([System.Comparison[object]] { param($left, $right) $order = & $compareKeys $left $right; if ($order) { $order } else { $left.Index - $right.Index } })
        $previous = $null
        foreach ($entry in $all) {
            if (-not $Unique -or $null -eq $previous -or (& $compareKeys $previous $entry)) { $entry.Item }
            $previous = $entry
        }
    }
}

function Measure-Object {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] [psobject] $InputObject,
        [Parameter(Position = 0)] [string] $Property,
        [switch] $Sum, [switch] $Average, [switch] $Minimum, [switch] $Maximum
    )
    begin { $values = [System.Collections.Generic.List[object]]::new() }
    process {
        $value = if ($Property) { $InputObject.$Property } else { $InputObject }
        if ($null -ne $value) { $values.Add($value) }
    }
    end {
        [double[]] $numbers = @(if ($Sum -or $Average -or $Minimum -or $Maximum) { $values })
        [pscustomobject]@{
            Count    = $values.Count
            Average  = $(if ($Average -and $numbers.Count) { [System.Linq.Enumerable]::Average($numbers) } else { $null })
            Sum      = $(if ($Sum -and $numbers.Count) { [System.Linq.Enumerable]::Sum($numbers) } else { $null })
            Maximum  = $(if ($Maximum -and $numbers.Count) { [System.Linq.Enumerable]::Max($numbers) } else { $null })
            Minimum  = $(if ($Minimum -and $numbers.Count) { [System.Linq.Enumerable]::Min($numbers) } else { $null })
            Property = $(if ($Property) { $Property } else { $null })
        }
    }
}

function Group-Object {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] [psobject] $InputObject,
        [Parameter(Position = 0)] [object] $Property,
        [switch] $NoElement
    )
    begin { $groups = [System.Collections.Generic.Dictionary[string, object]]::new([System.StringComparer]::OrdinalIgnoreCase) }
    process {
        $value = GetPropertyValue $InputObject $Property
        $key = [string]$value
        if (-not $groups.ContainsKey($key)) { $groups[$key] = @{ Value = $value; Items = [System.Collections.ObjectModel.Collection[psobject]]::new() } }
        $groups[$key].Items.Add($InputObject)
    }
    end {
        foreach ($group in $groups.GetEnumerator() | Sort-Object { $_.Value.Value }) {
            $result = [pscustomobject]@{ Name = $group.Key; Count = $group.Value.Items.Count; Values = @(, $group.Value.Value) }
            if (-not $NoElement) { $result.PSObject.Properties.Add([psnoteproperty]::new('Group', $group.Value.Items)) }
            $result
        }
    }
}

function New-Object {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $TypeName,
        [Parameter(Position = 1)] [object[]] $ArgumentList = @(),
        [System.Collections.IDictionary] $Property = @{}
    )
    $type = $TypeName -as [type]
    if ($null -eq $type) { throw [System.Management.Automation.PSArgumentException]::new("Cannot find type [$TypeName]: verify that the assembly containing this type is loaded.") }
    $object = $type::new.Invoke($ArgumentList)
    foreach ($entry in $Property.GetEnumerator()) { $object.($entry.Key) = $entry.Value }
    , $object
}
