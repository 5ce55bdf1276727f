BeforeAll {
    Import-Module "$PSScriptRoot/../../CnnVis.psd1"
}

Describe 'Get-CnnModel' {
    It 'gives the bundled network' {
        $model = Get-CnnModel alexnet64
        $model | Should -BeOfType ([CnnVis.CnnModel])
        $model.Name | Should -Be 'alexnet64'
        $model.Source | Should -Be 'bundled'
        $model.Device | Should -Be 'cpu'
        $model.InputChannels, $model.InputHeight, $model.InputWidth | Should -Be 3, 64, 64
        "$model" | Should -Be 'alexnet64'
    }

    It 'counts parameters and multiply-adds of AlexNet at 64 pixels' {
        $model = Get-CnnModel alexnet64
        $model.ParameterCount | Should -Be 2510948
        $model.MultiplyAdds | Should -Be 110650368
    }

    It 'names 100 classes, each differently' {
        $classes = (Get-CnnModel alexnet64).Classes
        $classes.Count | Should -Be 100
        @($classes | Sort-Object -Unique).Count | Should -Be 100
        $classes | Should -Contain 'espresso'
    }

    It 'lists every network when none is named' {
        (Get-CnnModel).Name | Should -Contain 'alexnet64'
    }

    It 'takes <_>' -ForEach 'ALEXNET64', 'alex*', '*64', 'alexnet[0-9][0-9]' {
        (Get-CnnModel $_).Name | Should -Be 'alexnet64'
    }

    It 'takes names from the pipeline, by value and by property' {
        ('alexnet64' | Get-CnnModel).Name | Should -Be 'alexnet64'
        ([pscustomobject]@{ Name = 'alexnet64' } | Get-CnnModel).Name | Should -Be 'alexnet64'
    }

    It 'gives nothing, and no error, for a wildcard that matches none' {
        Get-CnnModel 'zzz*' -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
    }

    It 'tells an unknown name and goes on' {
        $models = Get-CnnModel resnet9000, alexnet64 -ErrorVariable problems -ErrorAction SilentlyContinue
        $models.Name | Should -Be 'alexnet64'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'ModelNotFound,CnnVis.PowerShell.Cmdlets.GetCnnModelCommand'
        $problems[0].TargetObject | Should -Be 'resnet9000'
        $problems[0].Exception.Message | Should -BeLike '*alexnet64*Import-CnnModel*'
    }
}
