# How results look, sort and leave PowerShell. All of it holds for every kind of result.

BeforeDiscovery {
    $views = ([xml] [System.IO.File]::ReadAllText([System.IO.Path]::GetFullPath("$PSScriptRoot/../../src/CnnVis.PowerShell/CnnVis.Format.ps1xml"))).Configuration.ViewDefinitions.View
    $tables = foreach ($view in $views | Where-Object { $_.TableControl }) {
        # A text is folded to its column's width; what it is of stands in the script.
        foreach ($item in @($view.TableControl.TableRowEntries.TableRowEntry.TableColumnItems.TableColumnItem)) {
            if ($item.ScriptBlock -match '^\[CnnVis\.FoldedText\]::Of\(\$_\.(\w+)\?\.ToString\(\), (\d+)\)$') {
                $item.SetAttribute('Name', $Matches[1])
                $item.SetAttribute('Folded', $Matches[2])
            }
            elseif ($item.PropertyName) { $item.SetAttribute('Name', $item.PropertyName) }
        }
        @{ Type = $view.ViewSelectedBy.TypeName; Headers = @($view.TableControl.TableHeaders.TableColumnHeader); Items = @($view.TableControl.TableRowEntries.TableRowEntry.TableColumnItems.TableColumnItem); Row = $view.TableControl.TableRowEntries.TableRowEntry }
    }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    . "$PSScriptRoot/Results.ps1"
    # Names as long as ImageNet's, for networks, classes and pictures.
    $folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
    $names = [string[]] ((Get-CnnModel alexnet64).Classes | ForEach-Object { "$_, black-footed ferret, Mustela nigripes" })
    $results = ResultsOf (Import-CnnModel alexnet64 -Name mine)
    $long = Import-CnnModel (Get-CnnModel alexnet64 | Export-CnnModel "$folder/a-network-with-a-name-as-long-as-people-give-them.onnx" -PassThru) -Label $names
    [System.IO.File]::Copy($coffee, "$folder/IMG_20260101_123456 a cup of coffee on a table.png")
    $wide = [ordered] @{
        'prediction' = Get-CnnPrediction "$folder/*.png" -Model $long
        'layer' = Get-CnnLayer -Model resnet224
        'network' = Get-CnnModel
        'saliency map' = Get-SaliencyMap "$folder/*.png" -Model $long -Method IntegratedGradients
        'occlusion map' = Invoke-Occlusion "$folder/*.png" -Model $long -WindowSize 0.5 -Stride 0.5
        'adversarial example' = New-AdversarialExample "$folder/*.png" -Model $long
        'activation' = Get-CnnActivation "$folder/*.png" relu3 -Model $long
        'class image' = New-CnnClassImage 96 -Model $long -Steps 1
        'fooling image' = New-FoolingImage 80 -Model $long -Steps 1
        'code' = Get-CnnCode "$folder/*.png" -Model $long -Tile 200
    }
    $results['multi-label accuracy'] = Measure-CnnAccuracy $photos -Model (Import-CnnModel alexnet64 -Answer Labels) -Label espresso
    $results['label accuracy'] = $results['multi-label accuracy'].Labels[0]
    foreach ($key in $results.Keys) { $wide["one $key"] = $results[$key] }
    # The longest names that there are, and files as phones call them.
    [System.IO.File]::Copy($coffee, "$folder/IMG_20260101_123456.png")
    [System.IO.File]::Copy($coffee, "$folder/Screenshot-VacationPictures.png")
    $phone = "$folder/IMG_20260101_123456.png", "$folder/Screenshot-VacationPictures.png"
    $mine = $results['network']
    $wide['attack on what is wrong'] = New-AdversarialExample $phone -Model $mine -Method MomentumIterative -Label teapot
    $wide['evolved'] = New-FoolingImage teapot -Model $mine -Method IndirectEvolution -Steps 1
    $wide['measures'] = Measure-SaliencyMap $phone -Model $mine -Method IntegratedGradients, LayerwiseRelevance -Metric Completeness, ScaledInfidelity, Randomization
    $wide['summaries'] = Measure-SaliencyMap $phone -Model $mine -Method IntegratedGradients -Metric Completeness, ScaledInfidelity, Randomization -Summary
    $wide['maps'] = Get-SaliencyMap $phone -Model $mine -Method GradientTimesInput, ExcitationBackprop, SmoothGradSquared
    $wide['predictions'] = Get-CnnPrediction $phone -Model $mine
    $wide['attributes of files'] = Get-ImageAttribute $phone
    $wide['correspondences'] = Find-CnnCorrespondence $phone[0] -TargetPath $phone[1] -Model $mine
    $wide['codes'] = Get-CnnCode $phone -Model $mine
    $wide['occlusions'] = Invoke-Occlusion $phone -Model $mine -WindowSize 0.5 -Stride 0.5
    $wide['corrupted'] = New-CorruptedImage $phone -Model $mine -Corruption GaussianNoise -Severity 3
    $wide['activations'] = Get-CnnActivation $phone relu3 -Model $mine

    # What stands in a column of a table that was written at a width: the lines of each column, put together again.
    function PlainLines($Things, [int] $Width) { ($Things | Out-String -Width $Width) -replace '\e\[[0-9;]*m' -split '\r?\n' }
}

AfterAll { [System.IO.Directory]::Delete($folder, $true) }

Describe 'The view of <Type>' -ForEach $tables {
    It 'shows properties of those names, which sort by their value' {
        # A column's label is the property, so that what is read can be typed.
        for ($i = 0; $i -lt $Items.Count; $i++) {
            $Items[$i].GetAttribute('Name') | Should -Not -BeNullOrEmpty -Because 'a script of a view folds a text, and nothing else'
            if ($Items[$i].ScriptBlock) {
                $Headers[$i].Label | Should -Be $Items[$i].GetAttribute('Name')
                $room = if ($Headers[$i].Width) { [int] $Headers[$i].Width } else { 79 - (@($Headers | ForEach-Object { [int] $_.Width }) | Measure-Object -Sum).Sum - $Headers.Count + 1 }
                [int] $Items[$i].GetAttribute('Folded') | Should -Be $room
            }
            else { $Headers[$i].Label | Should -BeNullOrEmpty }
        }
        $known = (Get-TypeData $Type).Members
        $class = $Type -as [type]
        foreach ($item in $Items) {
            $name = $item.GetAttribute('Name')
            $member = if ($known) { $known[$name] }
            if ($member -is [System.Management.Automation.Runspaces.AliasPropertyData]) { $name = $member.ReferencedMemberName }
            # What a view adds stands before nothing that the result, or a network of the engine, has itself.
            if ($member.IsHidden) { foreach ($owner in $class, $(if ($Type -eq 'CnnVis.CnnModel') { (Get-CnnModel alexnet64).GetType() })) { if ($owner) { $owner.GetMember($item.GetAttribute('Name')) | Should -BeNullOrEmpty -Because "$Type has $($item.GetAttribute('Name'))" } } }
            if ($member -and $member -isnot [System.Management.Automation.Runspaces.AliasPropertyData]) { continue } # tried on objects below
            $property = $class.GetProperty($name)
            $property | Should -Not -BeNullOrEmpty -Because "$Type shows $name"
            $value = [Nullable]::GetUnderlyingType($property.PropertyType) ?? $property.PropertyType
            ([IComparable].IsAssignableFrom($value) -or $value -in [CnnVis.SaliencyTarget], [CnnVis.CnnObjective], [CnnVis.CnnTarget]) | Should -BeTrue -Because "$Type.$name, of $value, is sorted"
        }
    }

    It 'has room for its columns in a console of 80, whose last one PowerShell leaves free' {
        $widths = @($Headers | ForEach-Object { [int] $_.Width })
        $sum = ($widths | Measure-Object -Sum).Sum + $widths.Count - 1
        $sum | Should -BeLessOrEqual 79
        $widths[0..($widths.Count - 2)] | Should -Not -Contain 0
        if ($widths[-1] -eq 0) { 79 - $sum | Should -BeGreaterOrEqual ([Math]::Min(9, $Items[-1].GetAttribute('Name').Length + 1)) }
        for ($i = 0; $i -lt $widths.Count - 1; $i++) { $widths[$i] | Should -BeGreaterOrEqual $Items[$i].GetAttribute('Name').Length }
        $Row.SelectSingleNode('Wrap') | Should -Not -BeNullOrEmpty
    }
}

Describe 'A text in a column' {
    It 'is folded between words: <Text>' -ForEach @(
        @{ Text = 'coffee.png'; Width = 13; Lines = , 'coffee.png' }
        @{ Text = 'IMG_20260101_123456.png'; Width = 16; Lines = 'IMG_20260101_', '123456.png' }
        @{ Text = 'Screenshot-VacationPictures.png'; Width = 13; Lines = 'Screenshot-', 'Vacation', 'Pictures.png' }
        @{ Text = 'AlreadyMisclassified'; Width = 13; Lines = 'Already', 'Misclassified' }
        @{ Text = 'espresso 30.4 %'; Width = 12; Lines = 'espresso', '30.4 %' }
        @{ Text = 'an extraordinarily long one'; Width = 8; Lines = 'an', 'extraord', 'inarily', 'long one' }
        @{ Text = 'Persian cat (class image, seed 0)'; Width = 16; Lines = 'Persian cat', '(class image,', 'seed 0)' }
        @{ Text = 'n02206856_bee (Fgsm 0.0314)'; Width = 16; Lines = 'n02206856_bee', '(Fgsm 0.0314)' }
        @{ Text = "tabby cat 0.3 %`nEgyptian cat 0.2 %"; Width = 12; Lines = 'tabby cat', '0.3 %', 'Egyptian cat', '0.2 %' }
    ) {
        [CnnVis.FoldedText]::Of($Text, $Width) -split "`n" | Should -Be $Lines
    }
}

Describe 'Results' {
    It 'stand whole in a console of <_> columns' -ForEach 80, 100, 120 {
        $width = $_ - 1 # PowerShell leaves a console's last column free
        $wrong = foreach ($kind in $wide.Keys) {
            $lines = PlainLines $wide[$kind] $width
            if ($lines -match '…|\.\.\.$') { "$kind is cut: $($lines -match '…|\.\.\.$' | Select-Object -First 1)" }
            if (@($lines | Where-Object { $_.Length -gt $width }).Count) { "$kind is too wide" }
            $rule = @($lines | Where-Object { $_ -match '^[- ]*--[- ]*$' })[0]
            # Nothing stands upright: no letter alone in a line below a header.
            if ($rule) { foreach ($match in [regex]::Matches($rule, '-+')) { if ($match.Length -lt 4 -and @($lines | Where-Object { $_.Length -eq $match.Index + 1 -and $_.Trim().Length -eq 1 }).Count -gt 1) { "$kind stands upright" } } }
        }
        $wrong -join "`n" | Should -BeNullOrEmpty
    }

    It 'look as they did, each kind as it is kept in views/' {
        # The files were looked at when they were written; where a view is meant to change, its file is changed by hand.
        $wrong = foreach ($kind in $results.Keys) {
            $file = "$PSScriptRoot/views/$($kind -replace ' ', '-').txt"
            if (-not [System.IO.File]::Exists($file)) { "$kind has no $file"; continue }
            $difference = FirstDifference (Words ([System.IO.File]::ReadAllText($file))) (Words (Kept $results[$kind]))
            if ($difference) { "$kind`: $difference" }
        }
        $wrong -join "`n" | Should -BeNullOrEmpty
        @(NamesIn "$PSScriptRoot/views").Count | Should -Be $results.Count -Because 'nothing is kept of what is no kind'
    }

    It 'break no word at 80 columns' {
        $wrong = foreach ($kind in $wide.Keys) { foreach ($one in @($wide[$kind])[0..7]) { if ($null -ne $one) { foreach ($break in BrokenWords $one) { "$kind`: $break" } } } }
        $wrong -join "`n" | Should -BeNullOrEmpty
        # A view that breaks them is seen.
        $long = [pscustomobject] @{ Name = 'a' * 45; Size = 3 }
        $long.PSObject.TypeNames.Insert(0, 'CnnVis.CnnOutput')
        BrokenWords $long | Should -Not -BeNullOrEmpty
    }

    It 'have values in every column that can be sorted' {
        $wrong = foreach ($kind in $results.Keys) {
            foreach ($thing in @($results[$kind])) {
                foreach ($member in (Get-TypeData $thing.GetType().FullName).Members.Values | Where-Object { $_ -is [System.Management.Automation.Runspaces.ScriptPropertyData] -and $_.IsHidden }) {
                    $value = $thing.($member.Name)
                    if ($null -ne $value -and $value -isnot [IComparable]) { "$kind`: $($member.Name) is $($value.GetType())" }
                }
            }
        }
        $wrong -join "`n" | Should -BeNullOrEmpty
    }

    It 'sort by numbers where numbers are shown' {
        $layers = Get-CnnLayer -Model alexnet64
        $fields = @($layers | Where-Object ReceptiveField | Sort-Object ReceptiveField | ForEach-Object { $_.ReceptiveField.Size })
        $fields | Should -Be @($fields | Sort-Object)
        $fields[-1] | Should -BeGreaterThan 99 -Because 'otherwise texts would sort as numbers do'
        $channels = @($layers | Sort-Object Output -Descending | ForEach-Object { $_.OutputShape[0] })
        $channels | Should -Be @($channels | Sort-Object -Descending)
        $answers = Get-CnnPrediction $photos | ForEach-Object { $_.Top[0] }
        ($answers | Sort-Object { $_ }).Probability | Should -Be @($answers.Probability | Sort-Object)
        ($layers | Group-Object Output).Count | Should -Be ($layers | Group-Object { $_.OutputShape -join 'x' }).Count
        ($layers | Sort-Object Parameters -Descending)[0].Alias | Should -Be ($layers | Sort-Object ParameterCount -Descending)[0].Alias
    }

    It 'say by ToString what they are, and so does whatever they hold' {
        # All that can be reached from what cmdlets give. The text that the compiler makes up for a record, "Type { A = 1, B = … }", is for debugging.
        $seen = [System.Collections.Generic.HashSet[type]]::new()
        $next = [System.Collections.Generic.Queue[type]]::new()
        foreach ($command in Get-Command -Module CnnVis) { foreach ($output in $command.OutputType) { if ($output.Type) { $next.Enqueue($output.Type) } } }
        foreach ($thing in $results.Values) { $next.Enqueue(@($thing)[0].GetType()) }
        $silent = while ($next.Count) {
            $type = $next.Dequeue()
            if ($type.IsArray) { $next.Enqueue($type.GetElementType()); continue }
            foreach ($argument in $type.GetGenericArguments()) { $next.Enqueue($argument) }
            if ($type.Assembly -ne [CnnVis.CnnPrediction].Assembly -or -not $seen.Add($type)) { continue }
            foreach ($property in $type.GetProperties([System.Reflection.BindingFlags] 'Public, Instance')) { $next.Enqueue($property.PropertyType) }
            $text = $type.GetMethod('ToString', [type[]] @())
            $isRecord = $type.GetMethod('PrintMembers', [System.Reflection.BindingFlags] 'NonPublic, Instance')
            if ($isRecord -and $text.IsDefined([System.Runtime.CompilerServices.CompilerGeneratedAttribute], $false) -and $type -ne [CnnVis.CnnInput]) { $type.Name }
        }
        $seen.Count | Should -BeGreaterThan 80
        $silent | Should -BeNullOrEmpty
        # Hashes of networks are of this record's own text; results tell another one of it.
        $results['network'].Input.ToString(), $results['maximal set'].Input.ToString() | Should -Be '3 x 64 x 64, Crop to 64', '3 x 64 x 64, Crop to 64'
    }

    It 'have no <Clone>$ and nothing of the engine in Get-Member' {
        $wrong = foreach ($kind in $results.Keys) {
            foreach ($member in @($results[$kind])[0] | Get-Member) { if ($member.Name -in '<Clone>$', 'Graph', 'TorchDevice', 'Origin' -or $member.MemberType -match 'Property' -and $member.Definition -match 'TorchSharp') { "$kind has $($member.Name)" } }
        }
        $wrong | Should -BeNullOrEmpty
        # A network that is only listed has what one has that is loaded, and no more.
        (Get-CnnModel vgg11 | Get-Member -MemberType Properties).Name | Where-Object { $_ -notin ($results['network'] | Get-Member -MemberType Properties).Name } | Should -BeNullOrEmpty
        # C# still copies records.
        $results['prediction'].GetType().GetMethod('<Clone>$').IsSpecialName | Should -BeTrue
    }
}

Describe 'Tables' {
    It 'have the text of lists, which reads back' {
        $wrong = foreach ($kind in $results.Keys) {
            $text = @($results[$kind])[0] | ConvertTo-Csv | Out-String
            if ($text -match '"(System|CnnVis)\.[\w.`]+(\[|")') { "$kind has $($Matches[0])" }
        }
        $wrong -join "`n" | Should -BeNullOrEmpty
        $code = $results['code'] | ConvertTo-Csv | ConvertFrom-Csv
        [float[]] -split $code.Values | Should -Be $results['code'].Values
        [int[]] -split ($results['layer'] | ConvertTo-Csv | ConvertFrom-Csv).OutputShape | Should -Be $results['layer'].OutputShape
        ($results['classified image'] | ConvertTo-Csv | ConvertFrom-Csv).Labels.Split('|') | Should -Be $results['classified image'].Labels
    }

    It 'have the five best of a prediction in columns' {
        $row = $results['prediction'] | ConvertTo-Csv | ConvertFrom-Csv
        $row.Class, $row.Class2, $row.Class3, $row.Class4, $row.Class5 | Should -Be $results['prediction'].Top.Name
        [double] $row.Probability5 | Should -Be $results['prediction'].Top[4].Probability
        (Get-CnnPrediction $coffee -Top 2).Class3 | Should -BeNullOrEmpty
    }

    It 'read the same in every culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            [float[]] -split ($results['filter'] | ConvertTo-Csv | ConvertFrom-Csv).Weights | Should -Be $results['filter'].Weights
        } finally { [cultureinfo]::CurrentCulture = $before }
    }
}

Describe 'What comes back from a file or a job' {
    It 'looks as it did, and is drawn or says why not' {
        $wrong = foreach ($kind in $results.Keys | Where-Object { $_ -notin 'network', 'pixel image' }) {
            $thing = @($results[$kind])[0]
            $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($thing, 2))
            if (((PlainLines $back 79) -join "`n") -ne ((PlainLines $thing 79) -join "`n")) { "$kind looks otherwise: $((PlainLines $back 79) -join "`n")" }
            $failure = $null
            $file = $back | Export-CnnImage "$folder/back.png" -Force -PassThru -ErrorVariable failure -ErrorAction SilentlyContinue
            if ($kind -in 'adversarial example', 'class image', 'fooling image', 'reconstruction') { if (-not $file) { "$kind is not drawn" } }
            elseif ("$failure" -notmatch '^An? .* of another session cannot be drawn: .*Export-Clixml') { "$kind says: $failure" }
        }
        $wrong -join "`n" | Should -BeNullOrEmpty
    }

    It 'is whole in ForEach-Object -Parallel' {
        $names = $results['prediction'] | ForEach-Object -Parallel { "$($_.Class) $($_.Model) $($_.Top[1].Name) $($_.Class2)" }
        $names | Should -Be "$($results['prediction'].Class) mine $($results['prediction'].Top[1].Name) $($results['prediction'].Top[1].Name)"
    }
}

Describe 'Cmdlets that take paths' {
    It 'refuse a result that is no file by what it is: <_>' -ForEach 'Get-ImageAttribute', 'Import-CnnModel', 'Test-CnnReport', 'Merge-MaxActivatingImage', 'Import-CnnCode', 'New-CnnLabelingTask' {
        foreach ($kind in 'layer', 'filter', 'class image', 'network') {
            { $results[$kind] | & $_ -ErrorAction Stop } | Should -Throw "*A $kind is no file*"
        }
    }

    It 'take the file that a result is about' {
        ($results['prediction'] | Get-ImageAttribute).Path | Should -Be $coffee
    }
}
