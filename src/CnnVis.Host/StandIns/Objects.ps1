# Commands about objects in the pipeline. A property is a name, a script block, or @{ Name = ...; Expression = ... }.

function Select-Object {
    param(
        [Parameter(ValueFromPipeline)] [psobject] $InputObject,
        [Parameter(Position = 0)] [object[]] $Property, [string] $ExpandProperty,
        [int] $First = [int]::MaxValue, [int] $Last, [int] $Skip, [switch] $Unique
    )
    begin { $all = [Collections.Generic.List[object]]::new() }
    process { $all.Add($InputObject) }
    end {
        $from = $Skip
        $to = [int] [Math]::Min($all.Count, [long] $Skip + $First)
        if ($Last) { $from = [Math]::Max(0, $all.Count - $Last) }
        $seen = [Collections.Generic.HashSet[string]]::new()
        for ($i = $from; $i -lt $to; $i++) {
            $item = $all[$i]
            if ($ExpandProperty) { $result = $item.$ExpandProperty }
            elseif ($Property) { $result = Get-HostProperty $item $Property }
            else { $result = $item }
            if (-not $Unique -or $seen.Add("$result")) { $result }
        }
    }
}

function Sort-Object {
    param([Parameter(ValueFromPipeline)] [psobject] $InputObject, [Parameter(Position = 0)] [object[]] $Property, [switch] $Descending, [switch] $Unique)
    begin { $all = [Collections.Generic.List[object]]::new() }
    process { $all.Add($InputObject) }
    end {
        $keys = [Collections.Generic.List[object]]::new()
        foreach ($item in $all) { $keys.Add(@(if ($Property) { foreach ($p in $Property) { Get-HostValue $item $p } } else { , $item })) }
        # Insertion by halves: stable, and PowerShell itself compares.
        $order = [Collections.Generic.List[int]]::new()
        for ($i = 0; $i -lt $all.Count; $i++) {
            ($low, $high) = (0, $order.Count)
            while ($low -lt $high) {
                $middle = ($low + $high) -shr 1
                $comparison = 0
                for ($k = 0; $k -lt $keys[$i].Count -and $comparison -eq 0; $k++) { $comparison = [Management.Automation.LanguagePrimitives]::Compare($keys[$i][$k], $keys[$order[$middle]][$k], $true) }
                if ($Descending) { $comparison = -$comparison }
                if ($comparison -lt 0) { $high = $middle } else { $low = $middle + 1 }
            }
            $order.Insert($low, $i)
        }
        $previous = $null
        foreach ($i in $order) {
            $key = $keys[$i] -join "`0"
            if (-not $Unique -or $key -ne $previous) { $all[$i] }
            $previous = $key
        }
    }
}

function Group-Object {
    param([Parameter(ValueFromPipeline)] [psobject] $InputObject, [Parameter(Mandatory, Position = 0)] [object] $Property)
    begin { $groups = [ordered]@{} }
    process {
        $name = "$(Get-HostValue $InputObject $Property)"
        if (-not $groups.Contains($name)) { $groups[$name] = [Collections.Generic.List[object]]::new() }
        $groups[$name].Add($InputObject)
    }
    end { foreach ($name in $groups.Keys) { [pscustomobject]@{ Count = $groups[$name].Count; Name = $name; Group = $groups[$name] } } }
}

function Measure-Object {
    param([Parameter(ValueFromPipeline)] [psobject] $InputObject, [Parameter(Position = 0)] [object] $Property, [switch] $Sum, [switch] $Average, [switch] $Minimum, [switch] $Maximum)
    begin { $values = [Collections.Generic.List[object]]::new() }
    process {
        $value = if ($Property) { Get-HostValue $InputObject $Property } else { $InputObject }
        if ($null -ne $value) { $values.Add($value) }
    }
    end {
        ($total, $low, $high) = (0.0, [double]::PositiveInfinity, [double]::NegativeInfinity)
        if ($Sum -or $Average -or $Minimum -or $Maximum) {
            foreach ($value in $values) {
                $total += [double] $value
                $low = [Math]::Min($low, $value)
                $high = [Math]::Max($high, $value)
            }
        }
        $result = [ordered]@{ Count = $values.Count }
        if ($Average) { $result.Average = if ($values.Count) { $total / $values.Count } }
        if ($Sum) { $result.Sum = $total }
        if ($Maximum) { $result.Maximum = if ($values.Count) { $high } }
        if ($Minimum) { $result.Minimum = if ($values.Count) { $low } }
        [pscustomobject] $result
    }
}

function Measure-Command {
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $Expression)
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = . $Expression
    $watch.Elapsed
}

function Export-Csv {
    param([Parameter(Mandatory, ValueFromPipeline)] [psobject] $InputObject, [Parameter(Mandatory, Position = 0)] [string] $Path)
    begin { $lines = [Collections.Generic.List[string]]::new() }
    process {
        $properties = @($InputObject.PSObject.Properties)
        if ($lines.Count -eq 0) { $lines.Add((($properties.Name | ForEach-Object { '"' + $_.Replace('"', '""') + '"' }) -join ',')) }
        $lines.Add((($properties | ForEach-Object { '"' + "$($_.Value)".Replace('"', '""') + '"' }) -join ','))
    }
    end { [IO.File]::WriteAllLines($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path), $lines) }
}

function Format-List {
    param([Parameter(ValueFromPipeline)] [psobject] $InputObject, [Parameter(Position = 0)] [object[]] $Property = '*')
    process {
        $columns = @((Get-HostProperty $InputObject $Property).PSObject.Properties)
        $width = ($columns | ForEach-Object { $_.Name.Length } | Measure-Object -Maximum).Maximum
        ''
        foreach ($column in $columns) { "$($column.Name.PadRight($width)) : $($column.Value)" }
    }
}

function Format-Table {
    param([Parameter(ValueFromPipeline)] [psobject] $InputObject, [Parameter(Position = 0)] [object[]] $Property, [switch] $AutoSize)
    begin { $all = [Collections.Generic.List[object]]::new() }
    process { $all.Add($InputObject) }
    end {
        # Without properties it is the type's own view.
        if (-not $Property) { return $all }
        $rows = @($all | ForEach-Object { Get-HostProperty $_ $Property })
        if ($rows.Count -eq 0) { return }
        $columns = foreach ($name in $rows[0].PSObject.Properties.Name) {
            $cells = @($rows | ForEach-Object { "$($_.$name)" })
            $width = (@($name) + $cells | ForEach-Object { $_.Length } | Measure-Object -Maximum).Maximum
            # Numbers to the right.
            $sign = if ($rows[0].$name -is [ValueType] -and $rows[0].$name -isnot [bool] -and $rows[0].$name -isnot [enum]) { '' } else { '-' }
            @{ Name = $name; Cells = $cells; Format = "{0,$sign$width}"; Width = [int] $width }
        }
        ''
        ($columns | ForEach-Object { $_.Format -f $_.Name }) -join ' '
        ($columns | ForEach-Object { $_.Format -f ('-' * $_.Name.Length) }) -join ' '
        for ($i = 0; $i -lt $rows.Count; $i++) { (($columns | ForEach-Object { $_.Format -f $_.Cells[$i] }) -join ' ').TrimEnd() }
        ''
    }
}

# What the above share: the value of a property, and an object of properties.

function Get-HostValue {
    param($Item, $Property)
    if ($Property -is [Collections.IDictionary]) { $Property = $Property['Expression'] ?? $Property['e'] }
    if ($Property -is [scriptblock]) { $Item | ForEach-Object $Property } else { $Item.$Property }
}

function Get-HostProperty {
    param($Item, $Properties)
    $result = [ordered]@{}
    foreach ($property in $Properties) {
        if ($property -is [Collections.IDictionary]) { $result["$($property['Name'] ?? $property['n'] ?? $property['Label'] ?? $property['l'])"] = Get-HostValue $Item $property }
        elseif ($property -is [scriptblock]) { $result["$property".Trim()] = Get-HostValue $Item $property }
        elseif ([WildcardPattern]::ContainsWildcardCharacters($property)) { foreach ($p in $Item.PSObject.Properties) { if ($p.Name -like $property) { $result[$p.Name] = $p.Value } } }
        else { $result["$property"] = $Item.$property }
    }
    [pscustomobject] $result
}
